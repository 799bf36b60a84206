"""Steps about messages and alerts, which both sides take alike."""

from tests.server.graphql.steps import ANYTHING, Step, Thing, moves, writes


def letters(got: str, send: dict[str, str], *, author: str, name: str) -> tuple[Step, ...]:
    """Write, answer, read, put away; `got` is the word of what was received.

    `name` is that of a mail which this side may leave.
    """
    message, copy = Thing("message", "Message", "message"), Thing("messageCopy", "MessageCopy", got)
    return (
        writes(
            "messageSend",
            message,
            {**send, "subject": "Sun", "body": "It shines."},
            subject="Sun",
            body="It shines.",
            state="SENT",
            author=author,
        ),
        writes(
            "messageReply",
            message,
            {"id": f"${got}", "body": "Thanks."},
            body="Thanks.",
            subject=ANYTHING,
        ),
        moves("messageRead", copy, state="READ", folder="INBOX", readAt=ANYTHING),
        moves("messageUnread", copy, state="UNREAD", readAt=None),
        moves("messageTrash", copy, folder="TRASH", role="RECIPIENT"),
        moves("messageRestore", copy, folder="INBOX"),
        moves("messageTrash", copy, folder="TRASH"),
        Step(
            "messageTrashEmpty",
            {},
            {"count": 1},
            "{ messages(folder: TRASH, first: 1) { totalCount } unreadMessages }",
            {"messages": {"totalCount": 0}, "unreadMessages": 0},
        ),
        Step(
            "notificationPreferencesUpdate",
            {"preferences": {name: False}},
            {"preferences": ANYTHING},
            "{ notificationPreferences }",
            {"notificationPreferences": ANYTHING},
        ),
        *ALERTS,
    )


OF = {"applicationId": "$of"}
ALERTS = (
    moves(
        "alertRead",
        Thing("alert", "Alert", "alert"),
        state="READ",
        level=80,
        message="Hits per day: 4 of 5",
    ),
    Step(
        "alertsRead",
        OF,
        {"count": 0},
        "{ alerts(unread: true, first: 1) { totalCount } }",
        {"alerts": {"totalCount": 0}},
    ),
    Step(
        "alertDelete",
        {"id": "$alert"},
        {"alert": {"id": ANYTHING, "used": ANYTHING}},
        '{ node(id: "$alert") { id } }',
        {"node": None},
    ),
    Step(
        "alertsPurge",
        OF,
        {"count": 0},
        '{ alerts(applicationId: "$of", first: 1) { totalCount } }',
        {"alerts": {"totalCount": 0}},
    ),
)
OF_PROVIDER = (
    *letters("got", {"accountId": "$john"}, author="", name="message_received"),
    writes(
        "messageSendToMany",
        Thing("message", "Message", "message"),
        {"subject": "All", "body": "Hello all."},
        state="QUEUED",
        recipients=ANYTHING,
    ),
    writes(
        "serviceUpdate",
        Thing("service", "Service", "api"),
        {
            "id": "$api",
            "webProviderLevels": "100",
            "emailProviderLevels": "",
            "webBuyerLevels": "100, 50",
            "emailBuyerLevels": None,
        },
        webProviderLevels="100",
        emailProviderLevels="",
        webBuyerLevels="50 100",
        emailBuyerLevels="",
    ),
)
