"""Plan: seats, electoral districts, committees, voter groups, polling places, staff (选举法 9-15, 25-26)."""
