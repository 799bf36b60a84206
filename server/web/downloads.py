"""Files that a page offers for download."""

from starlette.responses import Response


def csv_response(text: str, name: str) -> Response:
    """Offer a table as a file; `name` is of letters, digits, dots, hyphens and underscores."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
