"""The provider's journey, its part about specifications."""

from tests.kit.make import DOCUMENT
from tests.server.graphql.steps import Step, Thing, moves, writes

API_DOCS = Thing("apiDocs", "ApiDocs", "apiDocs")
SPEC = '{"openapi": "3.1.0", "info": {"title": "Weather", "version": "1"}, "paths": {}}'
API_DOCS_STEPS = (
    writes(
        "apiDocsCreate",
        API_DOCS,
        {"name": "Clouds #", "body": SPEC, "serviceId": "$service", "systemName": "clouds_#"},
        name="Clouds #",
        systemName="clouds_#",
        body=SPEC,
        published=False,
        skipSwaggerValidations=False,
        url="http://localhost:8000/swagger/spec/clouds_#.json",
        service={"id": "$service"},
    ),
    writes(
        "apiDocsUpdate",
        API_DOCS,
        {
            "id": "$apiDocs",
            "name": "Fog #",
            "description": "Thick",
            "sourceUrl": "https://weather.example/fog.json",
            "published": True,
            "skipSwaggerValidations": True,
        },
        name="Fog #",
        description="Thick",
        body=DOCUMENT,
        sourceUrl="https://weather.example/fog.json",
        published=True,
        skipSwaggerValidations=True,
        service={"id": "$service"},
    ),
    moves("apiDocsFetch", API_DOCS, body=DOCUMENT),
    Step(
        "apiDocsRestore",
        {"id": "$apiDocs", "number": 1},
        {"apiDocs": {"id": "$apiDocs", "body": SPEC}},
        """{ node(id: "$apiDocs") { ... on ApiDocs { versions(first: 9) { totalCount } } } }""",
        {"node": {"versions": {"totalCount": 3}}},
    ),
)
