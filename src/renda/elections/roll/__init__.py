"""The roll: bringing in, checking, carrying forward, comparing, looking up (选举法 27)."""
