"""Fields of the developers' schema that lead from topic to topic."""

from server.graphql.references import References

REFERENCES = References("developer")
connection, related = REFERENCES.connection, REFERENCES.related
