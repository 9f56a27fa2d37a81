"""The doors of the year-end papers (年终材料): the album, what became of the plan, the statistics of a term."""
