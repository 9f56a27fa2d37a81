"""Indicators (指标): declared in the rooms, evaluated in sets, in the database."""
