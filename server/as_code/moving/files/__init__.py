"""A tenant of the reference system read from files: resources of its operator and its toolbox."""
