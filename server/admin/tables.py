"""Tables on narrow screens: each cell is told its column's name, which it shows beside itself.

The head of a row that comes first is its title, and needs no name.
"""

import re
from itertools import count

TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
BODY = re.compile(r"(?<=</thead>).*", re.DOTALL)
COLUMN = re.compile(r'<th scope="col"[^>]*>(.*?)</th>', re.DOTALL)
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<t[dh]\b")
TAG = re.compile(r"<[^>]*>")


def labelled(html: str) -> str:
    """Name the column in each cell of the tables of a page, which is one that we wrote.

    Cost: grows with the page.
    """
    return TABLE.sub(lambda found: _labelled(found[0]), html) if "<thead" in html else html


def _labelled(table: str) -> str:
    names = [TAG.sub("", name).strip().replace('"', "&quot;") for name in COLUMN.findall(table)]
    return BODY.sub(lambda body: ROW.sub(lambda row: _named(row[0], names), body[0]), table)


def _named(row: str, names: list[str]) -> str:
    places = count()

    def named(cell: re.Match[str]) -> str:
        place = next(places)
        if cell[0] == "<th" and not place:
            return cell[0]
        return f'{cell[0]} data-label="{names[place] if place < len(names) else ""}"'

    return CELL.sub(named, row)
