"""Tags of portal templates, one a file."""
