"""The provider's journey through the content of his portal."""

from tests.server.graphql.steps import NO_OBJECT, Step, Thing, deletes, moves, writes

TEMPLATE = Thing("template", "Template", "template")
SHIPPED = Thing("template", "Template", "shipped")
SECTION = Thing("section", "Section", "section")
FILE = Thing("portalFile", "PortalFile", "file")
REDIRECT = Thing("redirect", "Redirect", "redirect")
GROUP = Thing("group", "Group", "group")
DOMAIN = Thing("domain", "Domain", "domain")
SECTIONS_OF = '{ node(id: "$group") { ... on Group { sectionIds accountIds } } }'
VERSION = "versions(first: 1)"

CONTENT = (
    writes(
        "sectionCreate",
        SECTION,
        {"title": "Guides #", "public": False, "partialPath": "/guides#"},
        title="Guides #",
        systemName="guides_#",
        public=False,
        partialPath="/guides#",
        isBuiltin=False,
    ),
    writes("sectionUpdate", SECTION, {"id": "$section", "public": True}, public=True),
    writes(
        "templateCreate",
        TEMPLATE,
        {
            "kind": "PAGE",
            "name": "/guides#",
            "title": "Guides #",
            "sectionId": "$section",
            "handler": "TEXTILE",
            "tags": "a, b",
            "draft": "First.",
        },
        kind="PAGE",
        name="/guides#",
        systemName="guides_#",
        handler="TEXTILE",
        draft="First.",
        published=None,
        section={"id": "$section"},
    ),
    writes(
        "templatePublish",
        TEMPLATE,
        {"id": "$template"},
        keeps={"version": f"template.{VERSION.partition('(')[0]}.nodes.0.id"},
        published="First.",
        draft=None,
        **{VERSION: {"nodes": [{"id": ..., "text": "First."}]}},
    ),
    writes(
        "templateUpdate",
        TEMPLATE,
        {"id": "$template", "draft": "Second.", "publishAt": "2999-01-31T00:00:00Z"},
        draft="Second.",
        publishAt="2999-01-31T00:00:00+00:00",
    ),
    Step(
        "templatesPublish",
        {"ids": ["$template"]},
        {"templates": [{"id": "$template", "published": "Second."}]},
        '{ node(id: "$template") { ... on Template { published publishAt } } }',
        {"node": {"published": "Second.", "publishAt": None}},
    ),
    Step(
        "templateRevert",
        {"id": "$version"},
        {"template": {"id": "$template", "draft": "First."}},
        '{ node(id: "$template") { ... on Template { draft } } }',
        {"node": {"draft": "First."}},
    ),
    moves("templateDropDraft", TEMPLATE, draft=None, published="Second."),
    moves("templateHide", TEMPLATE, draft="Second.", published=None, hidden=True),
    writes(
        "templateTakeOver",
        SHIPPED,
        {"kind": "PAGE", "name": "login/new"},
        name="login/new",
        published=None,
    ),
    writes("templateReset", SHIPPED, {"kind": "PAGE", "name": "login/new"}, name="login/new"),
    writes(
        "portalFileCreate",
        FILE,
        {"path": "/f#.txt", "contentBase64": "aGVsbG8=", "sectionId": "$section"},
        path="/f#.txt",
        sizeBytes=5,
        url="http://localhost:8000/f#.txt",
        section={"id": "$section"},
    ),
    writes(
        "portalFileUpdate",
        FILE,
        {"id": "$file", "downloadable": True, "contentBase64": "aGk="},
        downloadable=True,
        sizeBytes=2,
    ),
    writes(
        "redirectCreate",
        REDIRECT,
        {"source": "/old#", "target": "/guides#"},
        source="/old#",
        target="/guides#",
    ),
    writes("redirectUpdate", REDIRECT, {"id": "$redirect", "target": "/docs"}, target="/docs"),
    writes("groupCreate", GROUP, {"name": "Partners #"}, name="Partners #"),
    writes("groupUpdate", GROUP, {"id": "$group", "name": "Friends #"}, name="Friends #"),
    Step(
        "groupSetSection",
        {"id": "$group", "sectionId": "$section"},
        {"group": {"sectionIds": ["$section"]}},
        SECTIONS_OF,
        {"node": {"sectionIds": ["$section"], "accountIds": []}},
    ),
    Step(
        "groupSetAccount",
        {"id": "$group", "accountId": "$account"},
        {"group": {"accountIds": ["$account"]}},
        SECTIONS_OF,
        {"node": {"sectionIds": ["$section"], "accountIds": ["$account"]}},
    ),
    deletes("groupDelete", GROUP),
    deletes("redirectDelete", REDIRECT),
    writes(
        "domainCreate",
        DOMAIN,
        {"name": "Dev#.acme.example.", "serves": "PORTAL"},
        name="dev#.acme.example",
        shownName="dev#.acme.example",
        serves="PORTAL",
        service=NO_OBJECT,
        isPrimary=False,
        moves="TEMPORARY",
        state="PENDING",
        proof="",
        recordName="_gatehouse.dev#.acme.example",
        problem="",
        verifiedAt=None,
    ),
    writes(
        "domainUpdate",
        DOMAIN,
        {"id": "$domain", "moves": "PERMANENT"},
        moves="PERMANENT",
        isPrimary=False,
    ),
    moves("domainCheck", DOMAIN, state="VERIFIED", proof="dns"),
    deletes("domainDelete", DOMAIN),
    deletes("portalFileDelete", FILE),
    deletes("templateDelete", TEMPLATE),
    deletes("templateDelete", SHIPPED),
    deletes("sectionDelete", SECTION),
)
