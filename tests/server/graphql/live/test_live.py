"""Subscriptions over a real process, with the clients that people use."""
