"""Background work (后台任务): a queue in PostgreSQL, one worker beside the site, progress that a reload finds again."""
