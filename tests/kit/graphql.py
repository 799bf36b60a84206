"""The provider's own client: admin GraphQL with an access token."""

from typing import Any

import httpx2 as httpx

from tests.kit.process import Gatehouse


class GraphQL:
    """Runs operations; top-level errors and user errors fail the test."""

    def __init__(
        self, gatehouse: Gatehouse, path: str = "/admin/api/graphql", token: str = ""
    ) -> None:
        self._url = f"{gatehouse.url}{path}"
        token = token or gatehouse.first_start["access_token"]
        self._headers = {"Authorization": f"Bearer {token}"}

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """Run one operation and give its data."""
        body = {"query": query, "variables": variables}
        answer = httpx.post(self._url, json=body, headers=self._headers, timeout=30).json()
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        for name, payload in data.items():
            if isinstance(payload, dict):
                assert not payload.get("userErrors"), (name, payload)
        return data
