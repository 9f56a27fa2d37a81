"""Activities (活动): anything that takes place, with people taking part by name or as head counts."""
