"""The statistics of a term (届次统计): indicators by the years of a term, and their total over the term.

A total is never added up from the years: it is the indicator asked for over the whole term, so that people count once, ratios
come from the term's own numerators and denominators, and stocks are those at its end.
"""
