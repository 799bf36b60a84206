"""The provider's journey through bulk operations and registered documents."""

from hashlib import sha256

from tests.server.graphql.steps import ANYTHING, Step, Thing, deletes, moves, writes

EXPORT = Thing("bulkOperation", "BulkOperation", "export")
IMPORT = Thing("bulkOperation", "BulkOperation", "import")
DOCUMENT = Thing("registeredDocument", "RegisteredDocument", "document")
TEXT = "query Name { provider { name } }"
DIGEST = sha256(TEXT.encode()).hexdigest()
PAGE = "(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }"
ACCOUNTS = f"query($first: Int!, $after: String) {{ accounts{PAGE} }}"
SUSPEND = "mutation($input: IdInput!) { accountSuspend(input: $input) { userErrors { code } } }"
SHOWN = {"documentId": DIGEST, "text": TEXT, "side": "ADMIN"}
BULK = (
    writes("bulkExport", EXPORT, {"query": ACCOUNTS}, kind="EXPORT", state="CREATED", problem=""),
    moves("bulkCancel", EXPORT, state="CANCELED", url=ANYTHING),
    writes(
        "bulkImport",
        IMPORT,
        {"mutation": SUSPEND, "lines": "{}"},
        kind="IMPORT",
        state="CREATED",
        objectCount=0,
    ),
    Step(
        "registeredDocumentsAdd",
        {"documents": {DIGEST: TEXT}},
        {"registeredDocuments": [{"id": ANYTHING, **SHOWN}]},
        "{ registeredDocuments(first: 1) { nodes { documentId text side } } }",
        {"registeredDocuments": {"nodes": [SHOWN]}},
        {"document": "registeredDocuments.0.id"},
    ),
    deletes("registeredDocumentDelete", DOCUMENT),
)
