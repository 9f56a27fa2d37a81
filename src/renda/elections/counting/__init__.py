"""The count: blind entry by two teams, their differences settled, the result decided by law, published and signed (选举法 43-46)."""
