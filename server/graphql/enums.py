"""Enums of both schemas; their values are those of the database."""

from enum import StrEnum

import strawberry

from server.actions.accounts.lists import AccountSort, ContractSort, UserSort
from server.actions.applications.lists import ApplicationSort, PlanType
from server.actions.plans.lists import PlanSort
from server.actions.services.lists import ServiceSort
from server.domain.accounts.authentication_providers import AccountType, IdentityKind
from server.domain.accounts.factors import SecondFactor
from server.domain.events import Face
from server.domain.permissions import Scope, Section
from server.domain.plans.changes import PlanChangePermission
from server.domain.plans.features import FeatureScope
from server.domain.plans.limits import LimitPeriod
from server.domain.portal.looks import Corners, Font
from server.domain.provider.bulk import BulkKind, BulkState
from server.domain.provider.domains import DomainState, Moves, Serves
from server.domain.provider.field_definitions import FieldTarget
from server.domain.provider.registered_documents import GraphQLSide
from server.domain.provider.spam import SpamProtection
from server.domain.provider.tokens import TokenPermission
from server.domain.provider.webhooks import DeliveryState, WebhookPayload
from server.domain.services.mapping_rules import Direction, HTTPMethod
from server.domain.services.proxies import (
    AmbiguousPaths,
    ClaimType,
    CredentialsLocation,
    IssuerType,
)
from server.domain.services.services import DeploymentOption, ServiceEvent

strawberry.enum(Scope, name="TokenScope", description="What an access token reaches.")
strawberry.enum(Section, name="StaffSection", description="A part of the provider's work.")
strawberry.enum(TokenPermission, description="What a token may do with what it reaches.")
strawberry.enum(CredentialsLocation, description="Where callers put their credentials.")
strawberry.enum(
    AmbiguousPaths,
    description="How paths with `;` or a backslash, which servers read differently, are taken.",
)
strawberry.enum(AccountType, description="Who logs in by a provider of identity.")
strawberry.enum(IdentityKind, description="How a provider of identity is spoken to.")
strawberry.enum(DomainState, description="How far the proof of a domain is.")
strawberry.enum(Moves, name="DomainMoves", description="How others redirect to a domain.")
strawberry.enum(Serves, name="DomainServes", description="What answers at a domain.")
strawberry.enum(WebhookPayload, description="What a webhook is sent.")
strawberry.enum(DeliveryState, name="WebhookDeliveryState", description="What became of it.")
strawberry.enum(BulkKind, name="BulkOperationKind", description="What is done in bulk.")
strawberry.enum(BulkState, name="BulkOperationState", description="How far it is.")
strawberry.enum(GraphQLSide, description="Which schema a document is for.")
strawberry.enum(Face, description="Through what somebody acts.")
strawberry.enum(FieldTarget, description="What a field is of.")
strawberry.enum(Font, description="Stacks of fonts that systems bring along.")
strawberry.enum(Corners, description="How round the corners of buttons and cards are.")
strawberry.enum(Direction, description="Where a rule moves to.")
strawberry.enum(IssuerType, description="Which kind of server issues tokens.")
strawberry.enum(ClaimType, description="How the claim that names a client is written.")
strawberry.enum(DeploymentOption, description="Which gateways stand before a service: told only.")
strawberry.enum(ServiceEvent, description="What may happen to the state of a service.")
strawberry.enum(HTTPMethod, description="The methods of calls that rules may name.")
strawberry.enum(PlanChangePermission, description="How developers may change a plan.")
strawberry.enum(SecondFactor, description="What is asked for after the password.")
strawberry.enum(SpamProtection, description="What forms for visitors ask of browsers.")
strawberry.enum(AccountSort, description="The order of a list; names whatever their case.")
strawberry.enum(UserSort, description="The order of a list; usernames whatever their case.")
strawberry.enum(ApplicationSort, description="The order of a list; names whatever their case.")
strawberry.enum(ServiceSort, description="The order of a list; names whatever their case.")
strawberry.enum(PlanSort, description="The order of a list; names whatever their case.")
strawberry.enum(ContractSort, description="The order of a list.")
strawberry.enum(PlanType, description="Whether a plan costs something.")
strawberry.enum(FeatureScope, description="Which plans of a service may include a feature.")
strawberry.enum(LimitPeriod, description="The calendar windows (UTC) of usage limits.")


@strawberry.enum
class AccountState(StrEnum):
    CREATED = "created"
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    SUSPENDED = "suspended"
    SCHEDULED_FOR_DELETION = "scheduled_for_deletion"


@strawberry.enum
class UserState(StrEnum):
    PENDING = "pending"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    EMAIL_UNVERIFIED = "email_unverified"


@strawberry.enum
class ApplicationState(StrEnum):
    PENDING = "pending"
    LIVE = "live"
    SUSPENDED = "suspended"
    DEPRECATED = "deprecated"


@strawberry.enum
class InvitationState(StrEnum):
    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"


@strawberry.enum
class PlanState(StrEnum):
    HIDDEN = "hidden"
    PUBLISHED = "published"


@strawberry.enum
class ServiceState(StrEnum):
    INCOMPLETE = "incomplete"
    HIDDEN = "hidden"
    PUBLISHED = "published"
    OFFLINE = "offline"
    DEPRECATED = "deprecated"
    DELETED = "deleted"


@strawberry.enum
class Environment(StrEnum):
    STAGING = "staging"
    PRODUCTION = "production"


@strawberry.enum(description="How applications say who they are.")
class AuthenticationMode(StrEnum):
    USER_KEY = "1"
    APP_ID_AND_KEY = "2"
    OPENID_CONNECT = "oauth"


@strawberry.enum(description="The width of a bucket of usage statistics, in UTC.")
class Granularity(StrEnum):
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@strawberry.enum(description="How far a limit is used; `near` from 80 percent on.")
class StandingState(StrEnum):
    FINE = "fine"
    NEAR = "near"
    USED_UP = "used_up"
    DISABLED = "disabled"


@strawberry.enum
class Role(StrEnum):
    ADMIN = "admin"
    MEMBER = "member"


@strawberry.enum(description="Where somebody keeps his copy of a message.")
class MessageFolder(StrEnum):
    INBOX = "inbox"
    SENT = "sent"
    TRASH = "trash"
    GONE = "gone"


@strawberry.enum
class MessageRole(StrEnum):
    SENDER = "sender"
    RECIPIENT = "recipient"


@strawberry.enum
class MessageState(StrEnum):
    UNSENT = "unsent"
    QUEUED = "queued"
    SENT = "sent"


@strawberry.enum
class ReadState(StrEnum):
    UNREAD = "unread"
    READ = "read"


@strawberry.enum
class AlertState(StrEnum):
    UNREAD = "unread"
    READ = "read"
    DELETED = "deleted"
