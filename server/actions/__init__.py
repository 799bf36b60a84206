"""Verbs: what an actor does, one function each, file per topic. The edge commits, never they."""
