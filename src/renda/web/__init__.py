"""The staff's door: shell, sign-in, home by role, calendar, search, menu."""
