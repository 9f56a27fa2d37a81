"""Matters (事项): anything that moves through a legal procedure; their milestones and threads."""
