"""Names that the library keeps to itself though Liquid does not: `{{ limit.value }}` is a variable.

Words such as `limit` mean something in loops alone; anywhere else they are names as any other.
"""

from collections.abc import Iterable, Sequence

from liquid import Token, TokenStream
from liquid.token import (
    TOKEN_COLON,
    TOKEN_COLS,
    TOKEN_CONTINUE,
    TOKEN_LIMIT,
    TOKEN_OFFSET,
    TOKEN_REQUIRED,
    TOKEN_REVERSED,
    TOKEN_TAG,
    TOKEN_WORD,
)

NAMES = {TOKEN_COLS, TOKEN_CONTINUE, TOKEN_LIMIT, TOKEN_OFFSET, TOKEN_REQUIRED, TOKEN_REVERSED}
BARE = {TOKEN_CONTINUE, TOKEN_REVERSED}  # in loops they stand alone
LOOPS = {"for", "tablerow"}


class NamingStream(TokenStream):
    """Steps through a template; what is a name within its tags is one."""

    def into_inner(self, *, tag: Token | None = None, eat: bool = True) -> TokenStream:
        """Open the expression that stands here. Raises: LiquidSyntaxError when there is none."""
        before = self.tokens[self.pos - 1] if self.pos else None
        is_loop = before is not None and before.kind == TOKEN_TAG and before.value in LOOPS
        inner = super().into_inner(tag=tag, eat=eat)
        inner.tokens = named(inner.tokens, is_loop=is_loop)
        return inner


def named(tokens: Sequence[Token], *, is_loop: bool = False) -> list[Token]:
    """Make names of the words that mean nothing else where they stand. Cost: linear."""
    following = [*(token.kind for token in tokens[1:]), ""]
    return [
        Token(TOKEN_WORD, token.value, token.start_index, token.source)
        if token.kind in NAMES and not (is_loop and _is_kept(token.kind, kind))
        else token
        for token, kind in zip(tokens, following, strict=True)
    ]


def _is_kept(kind: str, following: str) -> bool:
    return kind in BARE or following == TOKEN_COLON


def stream_of(tokens: Iterable[Token]) -> TokenStream:
    """Step through the tokens of a template."""
    return NamingStream(iter(tokens))
