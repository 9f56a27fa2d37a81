"""Stored files (文件): checked, kept by digest, served only through the gate."""
