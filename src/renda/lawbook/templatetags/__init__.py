"""Template filters of the law pages."""
