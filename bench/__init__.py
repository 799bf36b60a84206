"""Measurements against plain nginx in the same run. Never a test: numbers depend on the machine."""
