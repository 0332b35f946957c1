"""The program: `caseledger [--db PATH|URL] [--by NAME] COMMAND`."""

import gc
import os
import signal
import sys
from typing import Annotated, ClassVar, NoReturn

import typer
import typer.main

from caseledger import __version__
from caseledger.cli.lazy import LazyGroup, as_text
from caseledger.cli.saying import as_utf8, say, silence
from caseledger.cli.settings import Settings
from caseledger.errors import CaseledgerError, ExitCode


class Commands(LazyGroup):
    """The commands, in the order in which someone new to the program meets them."""

    modules: ClassVar[dict[str, tuple[str, str]]] = {
        "report": ("caseledger.cli.report", "What was done to whom, by date, with sources."),
        "show": ("caseledger.cli.show", "Everything on one person, organization, case or tally."),
        "list": ("caseledger.cli.listing", "The people, organizations, cases, sources or tallies."),
        "add": ("caseledger.cli.add.group", "Record an action, a person, a source …"),
        "withdraw": ("caseledger.cli.withdraw", "Take a mistaken record out of every report."),
        "load": ("caseledger.cli.load", "Load a file of records, TOML or JSON."),
        "import": ("caseledger.cli.importing", "Import a list that others publish: OFAC's."),
        "ofac": ("caseledger.cli.ofac", "OFAC's lists: versions, differences, entries."),
        "export": ("caseledger.cli.export", "The whole registry as CSV files."),
        "init": ("caseledger.cli.init", "Make or upgrade a registry."),
        "db": ("caseledger.cli.database", "The registry's revision: for those who want it."),
    }


app = typer.Typer(
    cls=Commands,
    name="caseledger",
    rich_markup_mode=None,
    no_args_is_help=True,
    epilog=(
        "\b\nExamples:\n  caseledger report --cartel CJNG\n"
        "  caseledger report --cartel CJNG --since 2021 --output briefing.csv\n"
        '  caseledger show "Gulf Cartel"\n\n'
        "\b\nExit codes:\n  0 done; 1 refused by a rule, or a check failed; 2 wrong usage;\n"
        "  3 not found or ambiguous; 4 no registry, or one that cannot be used;\n"
        "  5 recorded, but the answer could not be printed; 130 stopped by Ctrl-C\n"
    ),
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"caseledger {__version__}")
        raise typer.Exit


@app.callback()
def root(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Option(
            metavar="PATH|URL",
            envvar="CASELEDGER_DB",
            help="The registry: a file, or postgresql+psycopg://…. Without it, your own.",
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="NAME", envvar="CASELEDGER_BY", help="Who records. Your login."),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", help="The version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """A cited, dated ledger of enforcement actions against organised crime.

    Who was arrested, charged, extradited, convicted or designated, on whose behalf they acted, who
    says so, and what happened next.
    """
    if db is None:  # an empty variable counts as one here, and is refused: it names no registry
        db = os.environ.get("CASELEDGER_DB")
    ctx.obj = Settings(db, by and as_text(by, "--by"))


def run(arguments: list[str] | None = None) -> int:
    """Run the program and give its exit code; every mistake of a user is one line on stderr."""
    as_utf8()
    command = typer.main.get_command(app)
    try:
        result = command.main(args=arguments, prog_name="caseledger", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except CaseledgerError as error:
        say(str(error))
        return error.code
    except typer.TyperException as error:
        return _usage(error)
    except typer.Abort:
        say("stopped; nothing was written")
        return ExitCode.REFUSED
    except (BrokenPipeError, SystemExit) as error:
        # By SystemExit Typer leaves where the reader goes while a command still writes.
        if isinstance(error, SystemExit) and not isinstance(error.__context__, BrokenPipeError):
            raise
        return _unread()
    except OSError as error:
        silence(sys.stdout)
        say(f"{error.filename or 'output'}: {error.strerror or error}")
        return ExitCode.REFUSED
    if result == ExitCode.STOPPED:
        say("stopped")
    return result if isinstance(result, int) else ExitCode.DONE


def _unread() -> int:
    """The reader of our output has gone (`| head`): nothing is wrong, and nothing more is said."""
    silence(sys.__stdout__)
    silence(sys.__stderr__)
    return ExitCode.DONE


def _usage(error: typer.TyperException) -> int:
    """A wrong command line: what is wrong, and where its help is."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.format_message())
        return ExitCode.DONE
    ctx = getattr(error, "ctx", None)
    hint = f"; see `{ctx.command_path} --help`" if ctx else ""
    option = getattr(error, "option_name", None)
    if ctx and ctx.parent and option in {"--db", "--by"}:
        words = ctx.command_path.partition(" ")[2]
        say(f"{option} goes before the command: `caseledger {option} … {words}`")
        return ExitCode.USAGE
    say(f"{error.format_message().rstrip('.').replace(chr(10), ' ')}{hint}")
    return ExitCode.USAGE


def main() -> NoReturn:
    """Run the program, and end."""
    try:
        if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:  # as it was while all was imported
            signal.signal(signal.SIGINT, signal.default_int_handler)
        code = run()
    except KeyboardInterrupt:  # before or after the command itself
        say("stopped")
        code = ExitCode.STOPPED
    # What is left is shutting down, which no Ctrl-C makes shorter.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The process ends here: without this, Python would walk through everything once more for
    # garbage, which takes a tenth of a short command's time.
    gc.freeze()
    sys.exit(code)
