"""Fields of the provider's schema that lead from topic to topic."""

from server.graphql.references import References

REFERENCES = References("admin")
connection, related = REFERENCES.connection, REFERENCES.related
