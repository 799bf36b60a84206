"""The developers' schema, made of its topics. A new topic is a line here."""

from server.graphql import nodes, rates, tokens
from server.graphql.developer.accounts import accounts, sessions
from server.graphql.developer.applications import applications
from server.graphql.developer.messages import alerts, messages, notifications
from server.graphql.developer.plans import catalogue
from server.graphql.developer.references import REFERENCES
from server.graphql.schemas import build

TOPICS = (
    catalogue.TOPIC,
    sessions.TOPIC,
    accounts.TOPIC,
    applications.TOPIC,
    messages.TOPIC,
    alerts.TOPIC,
    notifications.TOPIC,
    tokens.TOPIC,
    nodes.TOPIC,
    rates.TOPIC,
)
DEVELOPER = build(REFERENCES, TOPICS)
