"""Near duplicates of a roll, and keyed tokens between counties."""
