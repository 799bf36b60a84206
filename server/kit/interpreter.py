"""Another process of this program."""

import sys


def command_of(module: str, descriptor: int) -> list[str]:
    """Write the command that runs a module's `main`, which takes a socket's number.

    It finds the same packages as this process, whatever folder it was started in.
    """
    code = f"import sys; sys.path[:] = {sys.path!r}\nfrom {module} import main; main({descriptor})"
    return [sys.executable, "-c", code]
