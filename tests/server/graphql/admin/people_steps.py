"""The part of the provider's journey that is about users of accounts and their invitations."""

from tests.server.graphql.steps import ANYTHING, NO_OBJECT, Step, Thing, deletes, moves, writes

USER = Thing("user", "User", "user")
INVITATION = Thing("invitation", "Invitation", "invitation")
PREMIUM = Thing("plan", "ServicePlan", "premium")
CONTRACT = Thing("serviceContract", "ServiceContract", "contract")
KEYS = '{ node(id: "$application") { ... on Application { userKey keys { id value } } } }'
ROTATION = (
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
)
PEOPLE = (
    writes(
        "userCreate",
        USER,
        {"accountId": "$customer", "username": "erin#", "email": "erin#@x.example"},
        username="erin#",
        email="erin#@x.example",
        role="MEMBER",
        state="PENDING",
        account={"id": "$customer"},
    ),
    writes(
        "userCreate",
        Thing("user", "User", "colleague"),
        {"accountId": "$customer", "username": "eve#", "email": "eve#@x.example"},
        role="MEMBER",
    ),
    writes(
        "userUpdate",
        USER,
        {"id": "$user", "firstName": "Erin", "role": "ADMIN", "email": "e#@x.example"},
        firstName="Erin",
        role="ADMIN",
        email="e#@x.example",
        username="erin#",
    ),
    writes(
        "userCreate",
        Thing("user", "User", "member"),
        {"username": "ann#", "email": "ann#@x.example", "sections": ["PLANS", "PORTAL"]},
        sections=["PLANS", "PORTAL"],
        serviceIds=None,
        account=NO_OBJECT,
    ),
    writes(
        "userChangeReach",
        Thing("user", "User", "member"),
        {"id": "$member", "sections": ["MONITORING"], "serviceIds": ["$service"]},
        sections=["MONITORING"],
        serviceIds=["$service"],
    ),
    moves("userActivate", USER, state="ACTIVE"),
    moves("userSuspend", USER, state="SUSPENDED"),
    moves("userUnsuspend", USER, state="ACTIVE"),
    moves("userSecondFactorsRemove", Thing("user", "User", "locked"), secondFactors=[]),
    deletes("userDelete", Thing("user", "User", "colleague")),
    writes(
        "invitationCreate",
        INVITATION,
        {"accountId": "$customer", "email": "milton#@x.example"},
        email="milton#@x.example",
        state="OPEN",
        account={"id": "$customer"},
    ),
    moves("invitationResend", INVITATION, state="OPEN"),
    deletes("invitationDelete", INVITATION),
    writes(
        "serviceCreate",
        Thing("service", "Service", "harbour"),
        {"name": "Harbour #"},
        state=ANYTHING,
    ),
    writes(
        "servicePlanCreate",
        Thing("plan", "ServicePlan", "plain"),
        {"serviceId": "$harbour", "name": "Plain #"},
        name="Plain #",
    ),
    writes(
        "servicePlanCreate",
        PREMIUM,
        {"serviceId": "$harbour", "name": "Premium #", "approvalRequired": True},
        name="Premium #",
    ),
    writes(
        "serviceContractCreate",
        CONTRACT,
        {"accountId": "$customer", "planId": "$premium"},
        state="PENDING",
        plan={"id": "$premium"},
        account={"id": "$customer"},
        service={"id": "$harbour"},
    ),
    moves("serviceContractApprove", CONTRACT, state="LIVE"),
    moves("serviceContractSuspend", CONTRACT, state="SUSPENDED"),
    moves("serviceContractResume", CONTRACT, state="LIVE"),
    writes(
        "serviceContractChangePlan",
        CONTRACT,
        {"id": "$contract", "planId": "$plain"},
        plan={"id": "$plain"},
    ),
    deletes("serviceContractDelete", CONTRACT),
    moves("accountPlanRequestAccept", Thing("account", "Account", "upwards"), orgName=ANYTHING),
    moves("accountPlanRequestRefuse", Thing("account", "Account", "sideways"), orgName=ANYTHING),
    moves(
        "serviceContractPlanRequestAccept",
        Thing("serviceContract", "ServiceContract", "wishingContract"),
        plan={"id": ANYTHING},
    ),
    moves(
        "serviceContractPlanRequestRefuse",
        Thing("serviceContract", "ServiceContract", "hopingContract"),
        plan={"id": ANYTHING},
    ),
)
