"""From the mirror to the ledger: parties, dated actions and ties, worked out from all the lists."""
