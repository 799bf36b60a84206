"""The developers' GraphQL schema, one file a topic."""
