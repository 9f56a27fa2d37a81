"""Candidates: nomination, first list, consultation and pre-election, formal list, announcements (选举法 30-35)."""
