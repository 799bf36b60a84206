"""Host names in the letters of people and in those of DNS (IDNA)."""


def in_ascii(name: str) -> str:
    """Write a name as DNS knows it, in lower case: `xn--mller-kva.example`. Raises: ValueError."""
    if name.isascii():
        return name.lower()
    from idna import encode  # its tables are large, and seldom needed

    return encode(name, uts46=True).decode("ascii").lower()


def as_written(name: str) -> str:
    """Write a name of DNS in the letters of people. Raises: ValueError for what is none."""
    if not any(label.startswith("xn--") for label in name.split(".")):
        return name
    from idna import decode

    return decode(name)
