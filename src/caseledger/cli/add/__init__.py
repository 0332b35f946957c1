"""`caseledger add`: one command for each kind of record, its options from the catalogue."""
