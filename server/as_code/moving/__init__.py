"""Moving in: a tenant of the reference system becomes a provider here."""
