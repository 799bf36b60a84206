"""Subscriptions: what happens and what is used, told while it does; loaded by the first of them."""
