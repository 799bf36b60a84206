"""GraphQL over HTTP: reading requests, knowing callers, answering."""
