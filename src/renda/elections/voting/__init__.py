"""Voting day: rounds, ballots, places and boxes, proxies, turnout (选举法 36-43)."""
