"""How often what is counted is brought to the statistics. Pure."""

SHARE = 0.125  # of the time, at most: the rest is the database's, and the calls'
LONGEST_PAUSE_S = 10.0


def pause_after(took_s: float, every_s: float) -> float:
    """Tell how long to wait after a fold: longer where many applications make it long."""
    return max(every_s, min(took_s * (1 / SHARE - 1), LONGEST_PAUSE_S))
