"""No file names a package registry, a machine's folders, or holds a private key."""

import re

from tests.house.tree import files, text_of

# Written in parts, so that this file passes its own test.
REGISTRIES = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "deb." + "debian.org",
    "security." + "debian.org",
    "proxy." + "golang.org",
    "crates" + ".io",
)
FOLDERS = ("/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "/opt/" + "pypi")
MATERIAL = ("PRIVATE" + " KEY-----", "file" + ":///opt", "_auth" + "Token")
FORBIDDEN = re.compile(
    "|".join(
        [
            *map(re.escape, REGISTRIES + MATERIAL),
            *(rf"(?<![\w.~}}>)/-]){re.escape(folder)}" for folder in FOLDERS),
        ]
    )
)


def test_no_file_names_a_registry_or_a_machine() -> None:
    found = [
        f"{name}:{number} {match[0]}"
        for name in files()
        for number, line in enumerate(text_of(name).splitlines(), 1)
        if (match := FORBIDDEN.search(line))
    ]

    assert not found
