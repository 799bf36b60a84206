"""The faces in which fields are seen and filled in: one way to read and write each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.domain.provider.field_definitions import FieldTarget
from server.graphql.ids import global_id
from server.rest.shapes import PREFIX
from tests.kit.site import Site

ACCOUNT, USER, APPLICATION = FieldTarget.ACCOUNT, FieldTarget.USER, FieldTarget.APPLICATION
VALUES = "extraFields { name value }"


@dataclass(frozen=True)
class Told:
    """What a face said of something written: whether it is done, and the fields it blames."""

    done: bool
    blames: tuple[str, ...] = ()


class FieldFace:
    """A face: what a target's page or document says, and what comes of writing one value."""

    is_staff = True

    def __init__(self, site: Site) -> None:
        self.site = site
        sample = site.acme.sample
        self.ids = {ACCOUNT: sample.user.account_id or 0, USER: sample.user.id}
        self.ids[APPLICATION] = sample.application.id

    def read(self, target: FieldTarget) -> str:
        """Load what shows the sample's object."""
        raise NotImplementedError

    def write(self, target: FieldTarget, name: str, value: str) -> Told:
        """Fill in one field of it."""
        raise NotImplementedError


class _Pages(FieldFace):
    """A portal: pages with forms."""

    audience = ""
    pages: Mapping[FieldTarget, tuple[str, str, str]]  # the page, the form's page, its action
    hidden: Mapping[str, str] = {}

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.browser = site.logged_in(self.audience)

    def input_name(self, target: FieldTarget, name: str) -> str:
        """Name the input of a field."""
        return name

    def read(self, target: FieldTarget) -> str:
        shown, form, _ = self.pages[target]
        return self.browser.page(self._at(shown)) + self.browser.page(self._at(form))

    def write(self, target: FieldTarget, name: str, value: str) -> Told:
        _, form, action = self.pages[target]
        page = self.browser.open(self._at(form))
        fields = next(
            dict(each.form_values())
            for each in page.tree.forms
            if (each.action or "").endswith(self._at(action))
        )
        fields[self.input_name(target, name)] = value
        sent = self.browser.post(self._at(action), {**fields, **self.hidden})
        marked = [each for each in (name, name.replace("_", "-")) if f"{each}-error" in sent.text]
        return Told(sent.status_code == 303, (name,) if marked else ())

    def _at(self, path: str) -> str:
        return path.format(**{target.value: row_id for target, row_id in self.ids.items()})


class DeveloperPortal(_Pages):
    """The developer's own pages."""

    is_staff = False
    audience = "developer"
    pages: Mapping[FieldTarget, tuple[str, str, str]] = {
        ACCOUNT: ("/admin/account", "/admin/account/edit", "/admin/account"),
        USER: (
            "/admin/account",
            "/admin/account/personal_details",
            "/admin/account/personal_details",
        ),
        APPLICATION: (
            "/admin/applications/{application}",
            "/admin/applications/{application}/edit",
            "/admin/applications/{application}",
        ),
    }

    def input_name(self, target: FieldTarget, name: str) -> str:
        return f"{target.value}[{name}]"


class AdminPortal(_Pages):
    """The pages of the provider's staff."""

    audience = "provider"
    pages: Mapping[FieldTarget, tuple[str, str, str]] = {
        ACCOUNT: ("/accounts/{account}", "/accounts/{account}/edit", "/accounts/{account}"),
        USER: (
            "/accounts/{account}",
            "/accounts/{account}/users/{user}",
            "/accounts/{account}/users/{user}",
        ),
        APPLICATION: (
            "/applications/{application}",
            "/applications/{application}/edit",
            "/applications/{application}",
        ),
    }


class _GraphQL(FieldFace):
    """A GraphQL face, with the cookie of the side's first admin."""

    audience = ""
    types: Mapping[FieldTarget, str] = {
        ACCOUNT: "Account",
        USER: "User",
        APPLICATION: "Application",
    }

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.client = site.by_cookie(self.audience)

    def read(self, target: FieldTarget) -> str:
        word = self.types[target]
        query = f'{{ node(id: "{self._id(target)}") {{ ... on {word} {{ {VALUES} }} }} }}'
        return str(self.client.ask(query))

    def write(self, target: FieldTarget, name: str, value: str) -> Told:
        values = [{"name": name, "value": value}]
        given: dict[str, Any] = {"id": self._id(target), "extraFields": values}
        if target is ACCOUNT and not self.is_staff:
            del given["id"]
        errors = self.client.do(f"{target.value}Update", given)["userErrors"]
        blamed = [each["field"] for each in errors]
        assert all(path[0] == "extraFields" for path in blamed), blamed
        return Told(not errors, tuple(path[1] for path in blamed))

    def _id(self, target: FieldTarget) -> str:
        return global_id(self.types[target], self.ids[target])


class DeveloperGraphQL(_GraphQL):
    """The developers' schema."""

    is_staff = False
    audience = "developer"


class AdminGraphQL(_GraphQL):
    """The provider's schema."""

    audience = "provider"


class _Rest(FieldFace):
    """The REST API, which knows accounts, and users within them."""

    language = ""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.client = site.client(authorization=f"Bearer {site.acme.access_token}")
        self.path = f"{PREFIX}/accounts/{self.ids[ACCOUNT]}.{self.language}"

    def read(self, target: FieldTarget) -> str:
        return self.client.get(self.path).text

    def write(self, target: FieldTarget, name: str, value: str) -> Told:
        sent = self.client.put(self.path, data={name: value})
        words = name.replace("_", " ").capitalize()
        blamed = sent.status_code == 422 and (f'"{name}"' in sent.text or words in sent.text)
        return Told(sent.status_code == 200, (name,) if blamed else ())


class RestXML(_Rest):
    """The REST API in XML."""

    language = "xml"


class RestJSON(_Rest):
    """The REST API in JSON."""

    language = "json"


FACES: tuple[type[FieldFace], ...] = (
    DeveloperPortal,
    DeveloperGraphQL,
    AdminPortal,
    AdminGraphQL,
    RestXML,
    RestJSON,
)


def reaches(face: type[FieldFace], target: FieldTarget, *, to_write: bool) -> bool:
    """Return whether a face shows a target, and whether it can be written there."""
    if not issubclass(face, _Rest):
        return True
    is_shown = target is ACCOUNT or (target is USER and face is RestXML)
    return target is ACCOUNT if to_write else is_shown
