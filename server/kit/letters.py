"""What a reader sees of a text: nothing, several lines, or letters in another order."""

import re
import unicodedata

# Characters of these categories show nothing by themselves: controls, formats (soft hyphens,
# joiners, zero-width spaces), what is nobody's, separators, marks without a letter to stand on.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp", "Mn", "Me"})
# Letters and symbols that are drawn as nothing: fillers of Hangul, the empty pattern of Braille.
FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\U0001d159")
BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Embeddings, overrides and isolates change the order of what stands around them. Marks of a
# direction (U+200E, U+200F, U+061C) do not, and names in Arabic and Hebrew need them.
TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")


def is_seen(text: str) -> bool:
    """Return whether there is anything to see in a text."""
    return any(
        letter not in FILLERS and unicodedata.category(letter) not in UNSEEN for letter in text
    )


def is_one_line(text: str) -> bool:
    """Return whether a text has no line breaks, tabs and other controls."""
    return BREAKS.search(text) is None


def is_in_order(text: str) -> bool:
    """Return whether a text is read in the order in which it is stored, wherever it is shown."""
    return TURNS.search(text) is None


def is_all_seen(text: str) -> bool:
    """Return whether each letter of a text is seen: of addresses no part may be hidden."""
    return all(is_seen(letter) or unicodedata.category(letter) == "Mn" for letter in text)
