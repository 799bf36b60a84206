"""The developer's journey: every mutation of the developers' schema succeeds at least once."""

from tests.server.graphql.forum import OF_DEVELOPERS
from tests.server.graphql.letters import letters
from tests.server.graphql.steps import ANYTHING, Step, Thing, deletes, moves, writes

APPLICATION = Thing("application", "Application", "application")
INVITATION = Thing("invitation", "Invitation", "invitation")
CONTRACT = Thing("serviceContract", "ServiceContract", "contract")
COLLEAGUE = Thing("user", "User", "colleague")
TOKEN = Thing("accessToken", "AccessToken", "token")
KEYS = '{ node(id: "$application") { ... on Application { userKey keys { id value } } } }'
FILTERS = '{ node(id: "$application") { ... on Application { referrerFilters { id value } } } }'

VISITOR = (
    Step(
        "signup",
        {
            "orgName": "Kiosk #",
            "username": "kim#",
            "email": "kim#@x.example",
            "password": "correct horse battery",
            "planId": "$plan",
        },
        {"accepted": True},
        "{ viewer { id } }",
        {"viewer": None},
    ),
    Step(
        "invitationAccept",
        {"token": "$invited", "username": "milton#", "password": "correct horse battery"},
        {"accepted": True},
        "{ viewer { id } }",
        {"viewer": None},
    ),
    Step(
        "login",
        {"username": "$username", "password": "$password"},
        {"user": {"id": ANYTHING, "username": "$username"}},
        "{ viewer { id } }",
        {"viewer": {"id": "$user"}},
        {"user": "user.id"},
    ),
)
OWN = (
    Step(
        "accountUpdate",
        {"orgName": "Kiosk of John #"},
        {"account": {"orgName": "Kiosk of John #"}},
        "{ account { orgName } }",
        {"account": {"orgName": "Kiosk of John #"}},
    ),
    writes(
        "userUpdate",
        Thing("user", "User", "user"),
        {"id": "$user", "firstName": "Johnny", "lastName": None},
        firstName="Johnny",
        lastName="",
        username="$username",
    ),
    writes(
        "applicationCreate",
        APPLICATION,
        {"planId": "$plan", "name": "Radar", "description": "Looks"},
        name="Radar",
        description="Looks",
        state="LIVE",
        plan={"id": "$plan"},
    ),
    writes(
        "applicationUpdate",
        APPLICATION,
        {"id": "$application", "name": "Sonar"},
        name="Sonar",
        description="Looks",
    ),
    writes(
        "applicationChangePlan",
        APPLICATION,
        {"id": "$application", "planId": "$other"},
        plan={"id": "$other"},
    ),
    Step(
        "userKeyReplace",
        {"applicationId": "$application"},
        {"application": {"id": "$application"}, "userKey": ANYTHING},
        KEYS,
        {"node": {"userKey": "$value", "keys": []}},
        {"value": "userKey"},
    ),
    Step(
        "keyAdd",
        {"applicationId": "$application"},
        {"application": {"id": "$application"}, "key": {"id": ANYTHING, "value": ANYTHING}},
        KEYS,
        {"node": {"userKey": "$value", "keys": [{"id": "$key", "value": "$secret"}]}},
        {"key": "key.id", "secret": "key.value"},
    ),
    Step(
        "keyRotate",
        {"applicationId": "$application", "keyId": "$key", "overlapHours": 24},
        {"application": {"id": "$application"}, "key": {"id": ANYTHING, "endsAt": None}},
        KEYS,
        {
            "node": {
                "userKey": ANYTHING,
                "keys": [{"id": "$key", "value": ANYTHING}, {"id": "$newer", "value": ANYTHING}],
            }
        },
        {"newer": "key.id"},
    ),
    Step(
        "keyDelete",
        {"applicationId": "$application", "keyId": "$key"},
        {"application": {"id": "$application"}},
        KEYS,
        {"node": {"userKey": ANYTHING, "keys": [{"id": "$newer", "value": ANYTHING}]}},
    ),
    Step(
        "keyDelete",
        {"applicationId": "$application", "keyId": "$newer"},
        {"application": {"id": "$application"}},
        KEYS,
        {"node": {"userKey": "$value", "keys": []}},
    ),
    Step(
        "referrerFilterAdd",
        {"applicationId": "$application", "referrerFilter": "*.example.com"},
        {
            "application": {"id": "$application"},
            "referrerFilter": {"id": ANYTHING, "value": "*.example.com"},
        },
        FILTERS,
        {"node": {"referrerFilters": [{"id": "$filter", "value": "*.example.com"}]}},
        {"filter": "referrerFilter.id"},
    ),
    Step(
        "referrerFilterDelete",
        {"applicationId": "$application", "filterId": "$filter"},
        {"application": {"id": "$application"}},
        FILTERS,
        {"node": {"referrerFilters": []}},
    ),
    deletes("applicationDelete", APPLICATION),
    writes(
        "accessTokenCreate",
        TOKEN,
        {"name": "ci", "scopes": ["STATS"], "permission": "READ_WRITE"},
        keeps={"tokenValue": "value"},
        name="ci",
        scopes=["STATS"],
        permission="READ_WRITE",
        expiresAt=None,
    ),
    deletes("accessTokenDelete", TOKEN),
    writes(
        "invitationCreate",
        INVITATION,
        {"email": "milton#@x.example"},
        email="milton#@x.example",
        state="OPEN",
    ),
    moves("invitationResend", INVITATION, state="OPEN"),
    deletes("invitationDelete", INVITATION),
    moves("userSuspend", COLLEAGUE, state="SUSPENDED"),
    moves("userUnsuspend", COLLEAGUE, state="ACTIVE"),
    deletes("userDelete", COLLEAGUE),
    writes(
        "serviceContractCreate",
        CONTRACT,
        {"planId": "$subscription"},
        state="LIVE",
        plan={"id": "$subscription"},
    ),
    writes(
        "serviceContractChangePlan",
        CONTRACT,
        {"id": "$contract", "planId": "$premium"},
        plan={"id": "$premium"},
    ),
    deletes("serviceContractDelete", CONTRACT),
    Step(
        "termsAccept",
        {"kind": "APPLICATION", "version": 1},
        {"accepted": True},
        "{ legalTerms(kind: APPLICATION) { version accepted } }",
        {"legalTerms": None},
    ),
    Step(
        "accountChangePlan",
        {"planId": "$silver"},
        {"account": {"plan": {"id": "$silver"}}},
        "{ account { plan { id } } }",
        {"account": {"plan": {"id": "$silver"}}},
    ),
)
LOGOUT = (Step("logout", {}, {"done": True}, "{ viewer { id } }", {"viewer": None}),)
MESSAGES = letters("mine", {}, author="$username", name="message_for_buyer")
STEPS = (*VISITOR, *MESSAGES, *OF_DEVELOPERS, *OWN, *LOGOUT)
