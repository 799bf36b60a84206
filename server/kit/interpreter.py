"""Another process of this program."""

import sys


def command_of(module: str, descriptor: int) -> list[str]:
    """Write the command that runs a module's `main`, which takes a socket's number.

    It finds the same packages as this process, whatever folder it was started in. Its collector
    of garbage is off, as a quarter of the time to load was spent on what is never garbage: the
    module turns it on when all is there.
    """
    code = (
        f"import gc, sys; gc.disable(); sys.path[:] = {sys.path!r}\n"
        f"from {module} import main; main({descriptor})"
    )
    return [sys.executable, "-c", code]
