"""The pages of reports: list, worksheet, panel of one place, checks, comparison, downloads, issue, what is remembered."""
