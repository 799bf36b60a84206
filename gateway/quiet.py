"""What a call brings that no log line may repeat: any piece of it may be a credential."""

import re
from typing import Any
from urllib.parse import unquote_plus

SEPARATORS = re.compile(r"[/?&=;,:\s]+")
LEAST = 8  # characters: shorter pieces of a call stand in the words of any line


def words_of(scope: Any, *bodies: bytes) -> list[str]:
    """List the pieces of a call's path, arguments, headers and bodies, as sent and decoded."""
    texts = [scope.get("raw_path") or b"", scope.get("query_string", b""), *bodies]
    texts += [value for _, value in scope["headers"]]
    words = {word for text in texts for word in SEPARATORS.split(text.decode("latin-1"))}
    words |= {unquote_plus(word) for word in words}
    return [word for word in words if len(word) >= LEAST]
