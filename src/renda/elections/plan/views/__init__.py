"""Pages of the plan: seats and districts, fixing seats, the table of districts, the proposal, the people."""
