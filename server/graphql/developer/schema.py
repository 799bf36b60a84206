"""The developers' schema, made of its topics. A new topic is a line here."""

from server.domain.provider.registered_documents import GraphQLSide
from server.graphql import nodes, rates, tokens
from server.graphql.developer.accounts import accounts, invitations, legal, sessions, subscriptions
from server.graphql.developer.applications import applications
from server.graphql.developer.messages import alerts, messages, notifications
from server.graphql.developer.plans import catalogue
from server.graphql.developer.portal import forum, gallery
from server.graphql.developer.provider import field_definitions
from server.graphql.developer.references import REFERENCES
from server.graphql.schemas import build

TOPICS = (
    catalogue.TOPIC,
    sessions.TOPIC,
    accounts.TOPIC,
    invitations.TOPIC,
    subscriptions.TOPIC,
    legal.TOPIC,
    applications.TOPIC,
    field_definitions.TOPIC,
    messages.TOPIC,
    alerts.TOPIC,
    notifications.TOPIC,
    forum.TOPIC,
    gallery.TOPIC,
    tokens.TOPIC,
    nodes.TOPIC,
    rates.TOPIC,
)
DEVELOPER = build(REFERENCES, TOPICS, GraphQLSide.DEVELOPER)
