"""The Accept header: which media types a client takes, the dearest first (RFC 9110, 12.5.1)."""


def accepted_types(header: str) -> list[str]:
    """List the media types in lower case by preference; those with quality 0 are left out."""
    weighed = []
    for part in header.split(","):
        media_type, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((_quality(text[2:]) for text in parameters if text.startswith("q=")), 1.0)
        if quality > 0:
            weighed.append((quality, media_type))
    return [name for _, name in sorted(weighed, key=lambda pair: -pair[0])]


def _quality(text: str) -> float:
    try:
        return min(float(text), 1.0)
    except ValueError:
        return 0.0
