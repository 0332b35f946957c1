"""`python -m caseledger`."""

from caseledger.cli.main import main

main()
