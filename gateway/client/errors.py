"""What can go wrong with an upstream; each says how, without the upstream's address."""


class UpstreamError(Exception):
    """A call that the upstream did not answer as it should."""


class Unreachable(UpstreamError):
    """No connection could be made."""


class TooLate(UpstreamError):
    """The upstream kept us waiting for too long."""


class Broken(UpstreamError):
    """The upstream hung up, or said what is no HTTP."""
