"""The plan part of a report: from next year's arrangement to items of the yearly plan, and, a year later, what became of each."""
