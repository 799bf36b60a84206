"""What stands in a specification: operations, samples, differences. Pure: no rows, no requests."""
