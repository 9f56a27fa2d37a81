"""Ledgers: spreadsheets in and out (台账导入导出). Every row read is accounted for: created, updated, unchanged, conflicting or rejected."""
