"""A rehearsal: a whole election on made-up voters, through the services that a real one uses, in a place that is thrown away."""
