"""Keeping what an office has (备份与恢复): backups that are whole or not there, and their restoring."""
