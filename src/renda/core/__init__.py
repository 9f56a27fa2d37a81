"""What everything stands on: the clock, keys, encrypted fields, bulk writing, text and cells."""
