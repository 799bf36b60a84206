"""Steps about the forum and the gallery, of both sides."""

from base64 import b64encode

from tests.kit.pictures import a_png
from tests.server.graphql.steps import ANYTHING, NO_OBJECT, Step, Thing, deletes, moves, writes

CATEGORY = Thing("forumCategory", "ForumCategory", "category")
TOPIC = Thing("forumTopic", "ForumTopic", "topic")
POST = Thing("forumPost", "ForumPost", "post")
ENTRY = Thing("galleryEntry", "GalleryEntry", "entry")
ON = "forumEnabled"

OF_STAFF = (
    Step(
        "settingsUpdate",
        {"forumEnabled": True, "appGalleryEnabled": True},
        {"settings": {"forumEnabled": True, "appGalleryEnabled": True}},
        "{ settings { forumEnabled appGalleryEnabled } }",
        {"settings": {"forumEnabled": True, "appGalleryEnabled": True}},
    ),
    writes("forumCategoryCreate", CATEGORY, {"name": "Questions #"}, name="Questions #"),
    writes("forumCategoryUpdate", CATEGORY, {"id": "$category", "position": 3}, position=3),
    writes(
        "forumTopicCreate",
        TOPIC,
        {"title": "Rules #", "body": "Be *kind*.", "categoryId": "$category", "tags": "b a"},
        title="Rules #",
        tags=["b", "a"],
        replies=0,
        category={"id": "$category"},
    ),
    writes(
        "forumTopicUpdate",
        TOPIC,
        {"id": "$topic", "isSticky": True, "isClosed": True, "categoryId": None},
        isSticky=True,
        isClosed=True,
        isHidden=False,
        category=NO_OBJECT,
    ),
    writes(
        "forumReply",
        POST,
        {"id": "$topic", "body": "Always."},
        body="Always.",
        writer="PROVIDER",
        author=ANYTHING,
        isFirst=False,
        topic={"id": "$topic", "replies": 1},
    ),
    writes("forumPostUpdate", POST, {"id": "$post", "body": "Ever."}, body="Ever."),
    moves("forumPostHide", POST, isHidden=True, topic={"replies": 0}),
    deletes("forumPostDelete", POST),
    deletes("forumTopicDelete", TOPIC),
    deletes("forumCategoryDelete", CATEGORY),
    writes(
        "galleryEntryApprove",
        ENTRY,
        {"id": "$entry", "version": 1},
        state="APPROVED",
        title="Radar",
        application={"id": "$of"},
    ),
    writes(
        "galleryEntryRefuse",
        ENTRY,
        {"id": "$entry", "reason": "No rain."},
        state="REFUSED",
        reason="No rain.",
        approvedAt=None,
    ),
)
OF_DEVELOPERS = (
    writes(
        "forumTopicCreate",
        TOPIC,
        {"title": "Paging #", "body": "How?"},
        title="Paging #",
        replies=0,
        category=NO_OBJECT,
    ),
    writes(
        "forumReply",
        POST,
        {"id": "$topic", "body": "So."},
        body="So.",
        writer="DEVELOPER",
        author="$username",
    ),
    writes("forumPostUpdate", POST, {"id": "$post", "body": "Thus."}, body="Thus."),
    Step(
        "forumTopicUnsubscribe",
        {"id": "$topic"},
        {"forumTopic": {"id": "$topic"}},
        "{ subscribedTopics(first: 1) { totalCount } }",
        {"subscribedTopics": {"totalCount": 1}},
    ),
    Step(
        "forumTopicSubscribe",
        {"id": "$topic"},
        {"forumTopic": {"id": "$topic"}},
        "{ subscribedTopics(first: 1) { totalCount } }",
        {"subscribedTopics": {"totalCount": 2}},
    ),
    deletes("forumPostDelete", POST),
    writes(
        "galleryAsk",
        ENTRY,
        {
            "applicationId": "$of",
            "title": "Rain",
            "description": "It falls.",
            "pictureBase64": b64encode(a_png(4, 3)).decode(),
            "pictureAlt": "Drops",
        },
        title="Rain",
        pictureAlt="Drops",
        pictureUrl=ANYTHING,
        state="PENDING",
        application={"id": "$of"},
    ),
    Step(
        "galleryWithdraw",
        {"applicationId": "$of"},
        {"applicationId": "$of"},
        "{ galleryEntries(first: 1) { totalCount } gallery { title } }",
        {"galleryEntries": {"totalCount": 0}, "gallery": []},
    ),
)
