"""Shared page components: the shell's templates, the look, and the list, detail and edit pages of every register."""
