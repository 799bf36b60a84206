"""A tenant in files of the reference's operator and toolbox, and the documents it fetches."""

from pathlib import Path

from server.domain.errors import Invalid

KELP = Path(__file__).parent / "cases" / "kelp"
FETCHED = "https://specs.example.com/reviews.yaml"
REVIEWS = """
openapi: 3.0.2
info: {title: Book Reviews, version: "1"}
servers: [{url: "https://reviews.example.com/v2"}]
paths:
  /reviews/{id}: {get: {operationId: review, responses: {"200": {description: fine}}}}
"""


def fetch(url: str) -> str:
    """Answer as the address would. Raises: Invalid."""
    if url != FETCHED:
        raise Invalid("can't be fetched: there is nothing.", field="url")
    return REVIEWS
