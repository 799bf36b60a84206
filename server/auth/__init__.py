"""Who is calling: sessions, tokens, keys."""
