"""Shared tools without business words."""
