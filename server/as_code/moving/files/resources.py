"""Files and folders taken apart into resources, found by kind, namespace and name."""

from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from server.as_code.documents import Doc, parse_stream
from server.as_code.entries import BadFolder
from server.as_code.folder import MOST_FILES, files_below, read_text
from server.as_code.moving.files.spec import Findings, Spec
from server.as_code.moving.tenant import CannotMove

SUFFIXES = frozenset({".yaml", ".yml", ".json"})
MOST_CHARS = 134_217_728  # of all files together
GROUP = "capabilities.3scale.net"
OF_OPERATOR = frozenset(
    {
        "ActiveDoc",
        "Application",
        "ApplicationAuth",
        "Backend",
        "CustomPolicyDefinition",
        "DeveloperAccount",
        "DeveloperUser",
        "OpenAPI",
        "Product",
        "ProxyConfigPromote",
        "Tenant",
    }
)
# What stands in the same folders and says nothing of a tenant.
OF_INSTALLATION = "It is no part of a tenant: it sets up the machines that the reference runs on."
OLD_FORM = "It is of an early form of the operator's resources, which nothing exports any more."


@dataclass(frozen=True, slots=True)
class Resource:
    """A document of one of the operator's kinds, or a Secret."""

    kind: str
    namespace: str
    name: str
    doc: Doc

    @property
    def title(self) -> str:
        """How messages call it."""
        return f"{self.kind} {self.name!r}"


@dataclass(slots=True)
class Resources:
    """All resources of the files, and what was found on the way."""

    findings: Findings = field(default_factory=Findings)
    _all: dict[tuple[str, str, str], Resource] = field(default_factory=dict)
    _spaces: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    used: set[tuple[str, str, str]] = field(default_factory=set)

    def add(self, resource: Resource) -> None:
        """Add a resource; a second one of the same name is refused."""
        key = (resource.kind, resource.namespace, resource.name)
        if first := self._all.get(key):
            message = f"{resource.title} is there already, at {first.doc.where}. Keep one."
            self.findings.refuse(resource.doc, message)
        self._all.setdefault(key, resource)
        self._spaces[resource.kind, resource.name].append(resource.namespace)

    def of_kind(self, kind: str) -> list[Resource]:
        """List the resources of a kind by their names."""
        return [self._all[key] for key in sorted(self._all) if key[0] == kind]

    def find(self, kind: str, beside: Resource, name: tuple[str, str] | None) -> Resource | None:
        """Find what a resource names: in the namespace that it says, else in its own.

        Files that were not read from a cluster often tell none: then the name alone says it.
        """
        if name is None:
            return None
        namespace = name[0] or beside.namespace
        keys = [(kind, each, name[1]) for each in (namespace, *(self._spaces[kind, name[1]]))]
        close = [key for key in keys if key[1] == namespace or "" in (key[1], namespace)]
        found = [key for key in dict.fromkeys(close) if key in self._all]
        if not found or (len(found) > 1 and found[0][1] != namespace):
            return None
        self.used.add(found[0])
        return self._all[found[0]]

    def spec_of(self, resource: Resource) -> Spec:
        """Take a resource's specification, which it must have."""
        body = resource.doc.mapping()
        return Spec(body.get("spec", resource.doc), resource.title, self.findings)

    def told_id(self, resource: Resource, name: str) -> int | None:
        """Tell the id that the reference gave a resource, when its status says so."""
        told = _of_status(resource, name)
        value = told.value if told else None
        text = str(value) if isinstance(value, (int, str)) and not isinstance(value, bool) else ""
        return int(text) if text.isascii() and text.isdigit() and int(text) > 0 else None

    def told_state(self, resource: Resource, name: str) -> str:
        """Tell the state in which the reference has a resource, when its status says so."""
        told = _of_status(resource, name)
        return str(told.value) if told else ""

    def told_name(self, resource: Resource, name: str) -> str:
        """Tell the name of another resource that the operator made, when its status says so."""
        told = _of_status(resource, name)
        return _text(told.value, "name") if told and isinstance(told.value, dict) else ""

    def id_of(self, resource: Resource) -> str:
        """Make an id of a resource's name, which stays: with its namespace where others have it."""
        is_alone = len(set(self._spaces[resource.kind, resource.name])) == 1
        return resource.name if is_alone else f"{resource.namespace}/{resource.name}"

    def secret(self, beside: Resource, name: tuple[str, str] | None) -> dict[str, str] | None:
        """Read what a Secret holds that a resource names; None when it is in none of the files."""
        found = self.find("Secret", beside, name)
        return None if found is None else self._texts(found)

    def _texts(self, secret: Resource) -> dict[str, str]:
        body = secret.doc.mapping()
        texts: dict[str, str] = {}
        for part in ("data", "stringData"):
            below = body.get(part)
            if below is None or below.value is None:
                continue
            spec = Spec(below, secret.title, self.findings)
            for name in below.value if isinstance(below.value, dict) else ():
                text = spec.text(name) or ""
                texts[name] = self._decoded(below.value[name], text) if part == "data" else text
        return texts

    def _decoded(self, doc: Doc, text: str) -> str:
        try:
            return b64decode("".join(text.split()), validate=True).decode()
        except ValueError:  # not base64, or not text
            told = "must be text in base64. Text in clear belongs below stringData."
            self.findings.refuse(doc, told)
            return ""


def _of_status(resource: Resource, name: str) -> Doc | None:
    status = resource.doc.mapping().get("status")
    return status.value.get(name) if status and isinstance(status.value, dict) else None


def read_resources(path: Path) -> Resources:
    """Read a file, or all YAML and JSON files of a folder. What is bad in them is a finding.

    Cost: grows with the texts, which are bounded. Raises: CannotMove.
    """
    found = Resources()
    size = 0
    for file, shown in _files(path):
        try:
            text = read_text(file, shown)
            size += len(text)
            if size > MOST_CHARS:
                raise CannotMove(f"{path}: holds more than {MOST_CHARS >> 20} MiB. Split it.")
            for doc in parse_stream(shown, text):
                _add(found, doc)
        except BadFolder as error:
            found.findings.problems.append(str(error))
        except OSError as error:
            raise CannotMove(f"{shown}: can't be read: {error.strerror}.") from error
    if not any(found.of_kind(kind) for kind in OF_OPERATOR) and not found.findings.problems:
        raise CannotMove(
            f"{path}: holds no resource of {GROUP}. Give what `3scale product export` wrote, or "
            "the YAML of the operator's resources."
        )
    return found


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    """Find the files, each with the name that messages call it. Raises: CannotMove."""
    if path.is_file():
        yield path, path.name
        return
    if not path.is_dir():
        raise CannotMove(f"{path}: there is no such file or folder.")
    try:
        files = [file for file in files_below(path) if file.suffix.lower() in SUFFIXES]
    except BadFolder as error:
        raise CannotMove(str(error)) from error
    except OSError as error:
        raise CannotMove(f"{error.filename}: can't be read: {error.strerror}.") from error
    if len(files) > MOST_FILES:
        raise CannotMove(f"{path}: has more than {MOST_FILES} files. Split it.")
    for file in files:
        yield file, file.relative_to(path).as_posix()


def _add(found: Resources, doc: Doc) -> None:
    """Sort a document in: a list's items one by one, what says nothing of a tenant as left out."""
    findings = found.findings
    body = doc.value if isinstance(doc.value, dict) else {}
    kind, version = _text(body, "kind"), _text(body, "apiVersion")
    if not kind or not version:
        findings.leave(doc, "Document", "is no resource: it has no kind and apiVersion.")
        return
    group = version.partition("/")[0]
    if kind == "List" or (group == GROUP and kind.endswith("List")):
        items = body.get("items")
        for item in items.items() if items and items.value is not None else ():
            _add(found, item)
        return
    is_ours = group == GROUP and kind in OF_OPERATOR
    if not is_ours and (kind, version) != ("Secret", "v1"):
        findings.leave(doc, f"{kind} {_name(body)!r}", _why_left(group, version))
        return
    name = _name(body)
    if not name:
        findings.refuse(doc, f"{kind} needs metadata.name, by which others name it.")
        return
    if is_ours:
        for other in body.keys() - {"apiVersion", "kind", "metadata", "spec", "status"}:
            findings.leave(body[other], f"{kind} {name!r}", "Nothing here is known by this name.")
    metadata = body["metadata"].value
    found.add(Resource(kind, _text(metadata, "namespace"), name, doc))


def _why_left(group: str, version: str) -> str:
    if group != GROUP:
        return OF_INSTALLATION
    return OLD_FORM if version.endswith("v1alpha1") else "Nothing here is known by this kind."


def _name(body: dict[str, Doc]) -> str:
    metadata = body.get("metadata")
    return _text(metadata.value, "name") if metadata and isinstance(metadata.value, dict) else ""


def _text(body: dict[str, Doc], name: str) -> str:
    value = body[name].value if name in body else None
    return str(value) if isinstance(value, (str, int)) else ""
