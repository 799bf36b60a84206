"""Rendering: here while all templates are the theme's, else where it can be stopped."""
