"""Calls from pages of other origins (CORS)."""
