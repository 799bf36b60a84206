"""The provider's GraphQL schema, one file a topic."""
