"""REST: what developers read."""
