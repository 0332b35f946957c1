"""`python -m caseledger`, and the command `caseledger`."""

import signal
import sys


def main() -> None:
    """The program, from its first import on."""
    # Until the program is imported nothing is begun, so Ctrl-C just ends it: without this it would
    # end in a traceback out of the middle of an import. Where it is ignored, it stays so.
    ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if ours:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from caseledger.cli.main import main as run  # noqa: PLC0415

    try:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
