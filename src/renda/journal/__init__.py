"""The journal: append-only, hash-chained entries behind each record. The actor is a value, not a reference."""
