"""How developers may change plans, as forms offer it."""

PERMISSIONS = (
    ("none", "Not at all"),
    ("request", "On request"),
    ("direct", "At once"),
    ("credit_card", "At once where a card is on file, else on request"),
    ("request_credit_card", "At once if the plan is free or a card is on file"),
)
