"""Writing entries: short, in a fixed order, and read back as the same."""

from server.as_code.reading import parse_folder
from server.as_code.writing import texts_of
from tests.server.as_code.conftest import FOLDER

WRITTEN = """\
system_name: petstore
name: Pet Store
default: true
metrics:
- system_name: hits
  friendly_name: Hits
- system_name: bytes
  friendly_name: Bytes
  unit: byte
methods:
- system_name: adopt
  friendly_name: Adopt
mapping_rules:
- {http_method: POST, pattern: /adoptions, metric: adopt, last: true}
- {http_method: GET, pattern: /, metric: hits}
- {http_method: GET, pattern: /, metric: bytes, delta: 10}
proxy:
  api_backend: https://pets.example.com:443
  error_status_no_match: 418
features:
- system_name: kittens
  name: Kittens
application_plans:
- system_name: gold
  name: Gold
  published: true
  cost_per_month: 9.90
  features:
  - kittens
  limits:
  - {metric: hits, period: minute, value: 5}
  - {metric: adopt, period: day, value: 1}
- system_name: free
  name: Free
  default: true
service_plans:
- system_name: basic
  name: Basic
"""


def test_a_service_is_a_file_that_people_read() -> None:
    assert texts_of(parse_folder(FOLDER))["services/petstore.yaml"] == WRITTEN


def test_what_is_written_reads_the_same() -> None:
    state = parse_folder(FOLDER)

    texts = texts_of(state)

    assert parse_folder(texts) == state
    assert texts_of(parse_folder(texts)) == texts
    assert texts["portal/pages/docs.liquid"] == "Hello\r\n{{ x }}"
    assert texts["portal/pages/docs.draft.liquid"] == ""
    assert texts["portal/partials/a%2Eb/c.liquid"] == "A\n"


def test_names_that_files_can_not_have_are_written_too() -> None:
    names = ("..", "../../x", "/", ".git", "A", "a", "a/b", "a\\b", "é" * 200, "con:1", "a.draft")
    templates = "".join(
        f"- {{kind: page, name: '{name}', published: {n}.liquid, draft: {n}.liquid}}\n"
        for n, name in enumerate(names)
    )
    texts = {"provider.yaml": "", "portal/templates.yaml": f"templates:\n{templates}"}
    texts |= {f"portal/{n}.liquid": name for n, name in enumerate(names)}
    texts |= {
        f"services/{n}.yaml": f"{{system_name: {name}, name: x}}"
        for n, name in enumerate(("a/b", "A.B", "a.b", "x" * 255))
    }

    again = texts_of(parse_folder(texts))

    assert parse_folder(again) == parse_folder(texts)
    assert len({path.lower() for path in again}) == len(again)
    assert not [path for path in again if ".." in path.split("/") or "/." in path]
    assert "services/a%2Fb.yaml" in again
    assert max(map(len, again)) < 200
