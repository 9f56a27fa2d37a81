"""Reports: recognising figures in last year's text, drafting this year's, evidence."""
