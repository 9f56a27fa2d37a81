"""The voter list: publication, posters, cards, objections, court cases, transfers (选举法 28-29)."""
