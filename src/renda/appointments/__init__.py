"""Appointments and removals (人事任免), people's assessors, law exams, oaths, and resignations of deputies."""
