"""Host names as callers write them. Pure; the whole installation reads them by this one rule."""


def host_name(header: str) -> str:
    """Cut a Host header down to the lower-cased name, without port and last dot.

    IPv6 addresses keep their brackets. What is no name at all is left as it is: nobody has it.
    """
    text = header.strip(" \t").lower()
    if text.startswith("["):
        return text.partition("]")[0] + "]"
    return text.partition(":")[0].removesuffix(".")
