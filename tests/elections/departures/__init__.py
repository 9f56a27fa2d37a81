"""Recall, resignation, by-election."""
