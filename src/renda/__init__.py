"""renda: the working platform of a county-level People's Congress."""
