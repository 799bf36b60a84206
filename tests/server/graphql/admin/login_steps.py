"""Steps of the provider's journey that are about logins without a password."""

from tests.server.graphql.steps import ANYTHING, Step, Thing, deletes, writes

LOGIN = Thing("authenticationProvider", "AuthenticationProvider", "login")
LOGINS = (
    writes(
        "authenticationProviderCreate",
        LOGIN,
        {
            "kind": "GITHUB",
            "name": "GitHub #",
            "clientId": "portal",
            "clientSecret": "a secret of a journey",
            "published": True,
        },
        kind="GITHUB",
        name="GitHub #",
        systemName="github-#",
        clientId="portal",
        clientSecret="a secret of a journey",
        site="",
        published=True,
        callbackUrl=ANYTHING,
    ),
    writes(
        "authenticationProviderUpdate",
        LOGIN,
        {"id": "$login", "name": "Git #", "site": "https://git.example.com", "published": False},
        name="Git #",
        systemName="github-#",
        site="https://git.example.com",
        clientSecret="a secret of a journey",
        published=False,
    ),
    Step(
        "authenticationProviderTest",
        {"id": "$login"},
        {"found": ANYTHING},
        '{ node(id: "$login") { id } }',
        {"node": {"id": "$login"}},
    ),
    deletes("authenticationProviderDelete", LOGIN),
    Step(
        "ssoKeyCreate",
        {},
        {"key": ANYTHING},
        "{ settings { hasSsoKey } }",
        {"settings": {"hasSsoKey": True}},
    ),
    Step(
        "ssoTokenCreate",
        {"userId": "$user", "expiresIn": 60, "redirectUrl": "/admin/applications"},
        {"ssoUrl": ANYTHING, "token": ANYTHING, "expiresAt": ANYTHING},
        '{ node(id: "$user") { id } }',
        {"node": {"id": "$user"}},
    ),
)
