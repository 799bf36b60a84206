"""Logging in by a provider of identity: what is asked of it, and what of its answers is believed.

Whose account that is and what follows, the actions decide.
"""
