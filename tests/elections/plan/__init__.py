"""Tests of the plan: seats, districts, the proposal, the people, the first page."""
