"""Host names as callers write them. Pure."""


def host_name(host: str) -> str:
    """Cut a Host header down to the lower-cased name, without port and last dot."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower().rstrip(".")
