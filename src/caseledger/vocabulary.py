"""The words of the field: every closed list of values that a record may carry.

A value is stored, printed and exported as it is written here. On a command line and in a file a
hyphen or an underscore may stand for a space (`acts-for`).
"""

from __future__ import annotations

from enum import StrEnum


class PartyKind(StrEnum):
    """What an action can be done to."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"


class OrganizationType(StrEnum):
    """What an organization is; agencies and governments are never confused with targets."""

    CARTEL = "cartel"
    GANG = "gang"
    SMUGGLING_NETWORK = "smuggling network"
    COMPANY = "company"
    AGENCY = "agency"
    GOVERNMENT = "government"
    UNKNOWN = "unknown"


class Sex(StrEnum):
    """A person's sex, where the source says it."""

    FEMALE = "female"
    MALE = "male"


class NameKind(StrEnum):
    """What another form of a name is."""

    AKA = "aka"
    FKA = "fka"
    NICKNAME = "nickname"
    WEAK = "weak"
    """OFAC's weak alias: too broad or generic to identify anyone by itself."""
    ACRONYM = "acronym"
    MISSPELLING = "misspelling"
    """As misprinted in a source."""
    PRIMARY = "primary"
    """The name now known of someone recorded without one."""
    DESCRIPTION = "description"
    """What someone was recorded as before the name was known."""


class Relation(StrEnum):
    """What a party is to an organization."""

    LEADER = "leader"
    FOUNDER = "founder"
    MEMBER = "member"
    FACTION = "faction"
    ACTS_FOR = "acts for"
    LINKED = "linked"


class Standing(StrEnum):
    """Whether the source says so itself, or says that it is alleged."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"


class Kin(StrEnum):
    """What a person is to a relative."""

    SON = "son of"
    DAUGHTER = "daughter of"
    CHILD = "child of"
    FATHER = "father of"
    MOTHER = "mother of"
    PARENT = "parent of"
    BROTHER = "brother of"
    SISTER = "sister of"
    SIBLING = "sibling of"
    SPOUSE = "spouse of"
    NEPHEW = "nephew of"
    NIECE = "niece of"
    UNCLE = "uncle of"
    AUNT = "aunt of"
    COUSIN = "cousin of"
    RELATIVE = "relative of"

    @property
    def inverse(self) -> Kin:
        """What the relative is to the person, no more exact than the record allows."""
        return _INVERSE.get(self, self)


_INVERSE = {
    Kin.SON: Kin.PARENT,
    Kin.DAUGHTER: Kin.PARENT,
    Kin.CHILD: Kin.PARENT,
    Kin.FATHER: Kin.CHILD,
    Kin.MOTHER: Kin.CHILD,
    Kin.PARENT: Kin.CHILD,
    Kin.BROTHER: Kin.SIBLING,
    Kin.SISTER: Kin.SIBLING,
    Kin.NEPHEW: Kin.RELATIVE,
    Kin.NIECE: Kin.RELATIVE,
    Kin.UNCLE: Kin.RELATIVE,
    Kin.AUNT: Kin.RELATIVE,
}


class ActionKind(StrEnum):
    """What was done. No kind implies another: an arrest or a designation is no finding of guilt."""

    ARREST = "arrest"
    CHARGE = "charge"
    EXTRADITION = "extradition"
    CONVICTION = "conviction"
    SENTENCE = "sentence"
    DESIGNATION = "designation"
    RELEASE = "release"
    ACQUITTAL = "acquittal"
    DISMISSAL = "dismissal"
    REVERSAL = "reversal"
    PROSECUTION = "prosecution"
    """The source says "prosecuted" and no more."""
    DELISTING = "delisting"
    DEATH = "death"


ENDS = {
    ActionKind.RELEASE: frozenset({ActionKind.ARREST, ActionKind.CONVICTION, ActionKind.SENTENCE}),
    ActionKind.ACQUITTAL: frozenset({ActionKind.CHARGE, ActionKind.PROSECUTION}),
    ActionKind.DISMISSAL: frozenset({ActionKind.CHARGE, ActionKind.PROSECUTION}),
    ActionKind.REVERSAL: frozenset({ActionKind.CONVICTION, ActionKind.SENTENCE}),
    ActionKind.DELISTING: frozenset({ActionKind.DESIGNATION}),
}
"""Which kinds of action end which earlier ones."""


class DateKind(StrEnum):
    """Whether a date is when it happened or when it was announced."""

    EVENT = "event"
    ANNOUNCED = "announced"


class DateBasis(StrEnum):
    """Whether the source states a date or it was worked out from context."""

    STATED = "stated"
    INFERRED = "inferred"


class Instrument(StrEnum):
    """What a charge was brought by."""

    INDICTMENT = "indictment"
    COMPLAINT = "complaint"
    OTHER = "other"


class SurrenderMode(StrEnum):
    """How a person was handed from one country to another."""

    EXTRADITION = "extradition"
    DEPORTATION = "deportation"
    EXPULSION = "expulsion"
    TRANSFER = "transfer"


class ConvictionBasis(StrEnum):
    """What a conviction rests on."""

    PLEA = "plea"
    VERDICT = "verdict"
    UNSTATED = "unstated"


class SentenceExtent(StrEnum):
    """Whether a term was imposed or is the most that could be."""

    IMPOSED = "imposed"
    MAXIMUM = "maximum"


class CountQualifier(StrEnum):
    """How exactly a source counts the people it does not name."""

    EXACTLY = "exactly"
    AT_LEAST = "at least"
    ABOUT = "about"
    WORDS = "words"
    """No number: "several"."""


class TallyQualifier(StrEnum):
    """How exactly a source counts a total."""

    EXACTLY = "exactly"
    OVER = "over"
    ABOUT = "about"
    WORDS = "words"
    """No number: "several dozen"."""


class TallyUnit(StrEnum):
    """What a total counts."""

    PEOPLE = "people"
    ORGANIZATIONS = "organizations"
    ARRESTS = "arrests"
    CONVICTIONS = "convictions"
    WARRANTS = "warrants"
    TIPS = "tips"
