"""Names of ours as people read them."""

import re

ACRONYMS = {
    "api": "API",
    "apis": "APIs",
    "cms": "CMS",
    "nginx": "NGINX",
    "sso": "SSO",
    "url": "URL",
}


def words_of(name: str) -> str:
    """Write a name as words: `sso_tokens` as `SSO tokens`."""
    return " ".join(ACRONYMS.get(word, word) for word in re.split(r"[_. ]", name))


def sentence_of(name: str) -> str:
    """Write a name as words that begin a line: `backend_apis` as `Backend APIs`."""
    return begun(words_of(name))


def begun(text: str) -> str:
    """Begin a line with a capital letter."""
    return text[:1].upper() + text[1:]
