"""The room of liaison stations (代表联络站): stations, deputies in them, reception days, citizens' opinions."""
