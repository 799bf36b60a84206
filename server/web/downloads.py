"""Files that a page offers for download."""

from starlette.responses import Response

MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


def csv_response(text: str, name: str) -> Response:
    """Offer a table as a file; `name` is of letters, digits, dots, hyphens and underscores."""
    return file_response(text, name, "csv")


def file_response(text: str, name: str, form: str) -> Response:
    """Offer a text of a form as a file, likewise."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=MEDIA_TYPES[form], headers=headers)
