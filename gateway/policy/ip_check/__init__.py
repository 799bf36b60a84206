"""Which addresses may call."""
