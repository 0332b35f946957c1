"""`python -m caseledger`, and the command `caseledger`."""

import signal


def main() -> None:
    """The program, from its first import on."""
    # Until the program is imported nothing is begun, so Ctrl-C just ends it: without this it would
    # end in a traceback out of the middle of an import. Where it is ignored, it stays so.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from caseledger.cli.main import main as run  # noqa: PLC0415

    run()


if __name__ == "__main__":
    main()
