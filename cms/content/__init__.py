"""Where templates come from: the provider's own, then the theme."""
