"""The REST API that existing clients know. Source: reference-portal 1."""
