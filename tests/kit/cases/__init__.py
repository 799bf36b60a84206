"""Cases of all actions, by area."""
