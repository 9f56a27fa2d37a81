"""The count: two blind entries, settlement, validity, result records (选举法 43-46)."""
