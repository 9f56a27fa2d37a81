"""A by-election that is under way on the day on which the demo opens, made by the services that a clerk's pages call."""
