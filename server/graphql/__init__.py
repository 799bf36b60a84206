"""The GraphQL faces: one for the provider's side, one for developers."""
