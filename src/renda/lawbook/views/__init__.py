"""Pages of the law: the table, one parameter, holidays, choices, packs. Everybody who is signed in reads them."""
