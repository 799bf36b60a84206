"""The part of the provider's journey that is about users of accounts and their invitations."""

from tests.server.graphql.steps import Thing, deletes, moves, writes

USER = Thing("user", "User", "user")
INVITATION = Thing("invitation", "Invitation", "invitation")
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
    moves("userActivate", USER, state="ACTIVE"),
    moves("userSuspend", USER, state="SUSPENDED"),
    moves("userUnsuspend", USER, state="ACTIVE"),
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
)
