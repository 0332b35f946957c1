"""Each kind of action in a sentence."""

from caseledger.vocabulary import ActionKind

SUMMARIES = {
    ActionKind.ARREST: "A person was taken into custody.",
    ActionKind.CHARGE: "A formal accusation: an indictment, a complaint.",
    ActionKind.EXTRADITION: "A person was handed from one country to another.",
    ActionKind.CONVICTION: "A finding of guilt, by plea or verdict.",
    ActionKind.SENTENCE: "A sentence told by itself, later or changed.",
    ActionKind.DESIGNATION: "Put on a list, under one programme.",
    ActionKind.RELEASE: "Let go from custody.",
    ActionKind.ACQUITTAL: "A finding of not guilty.",
    ActionKind.DISMISSAL: "Charges dropped or thrown out.",
    ActionKind.REVERSAL: "Overturned on appeal.",
    ActionKind.PROSECUTION: "The source says prosecuted, and no more.",
    ActionKind.DELISTING: "Taken off a list, under one programme.",
    ActionKind.DEATH: "The subject died.",
}
