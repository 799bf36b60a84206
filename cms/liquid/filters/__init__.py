"""Filters of portal templates."""
