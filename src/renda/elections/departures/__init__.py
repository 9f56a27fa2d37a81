"""Deputies who leave before the term ends: recall, resignation, and the by-election that fills the seat (选举法 50 to 57)."""
