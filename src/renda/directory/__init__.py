"""Who: divisions, organs, people, posts, terms, mandates; accounts, roles, hats and the one gate (名录)."""
