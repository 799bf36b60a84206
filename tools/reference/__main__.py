"""Writes every page of docs/reference that the code says differently by now."""

from tools.reference.pages import PAGES, ROOT

for path, text in PAGES.items():
    file = ROOT / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text(), "utf-8")
