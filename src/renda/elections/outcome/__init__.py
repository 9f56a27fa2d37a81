"""After the vote: qualification review, mandates, by-elections, recall, resignation, the closed file (选举法 46-57)."""
