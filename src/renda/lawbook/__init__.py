"""Which provincial rules, holiday arrangements and choices a county uses, and the pages of the law."""
