"""The demo county: 青禾县, which does not exist. It writes its ledgers as spreadsheets, as offices keep them, and imports them as an office would."""
