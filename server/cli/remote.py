"""A provider on another machine: its configuration over REST, with an access token."""

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from server.as_code.drift import Drift, drift_of
from server.as_code.entries import BadFolder, State
from server.as_code.environment import with_environment
from server.as_code.reading import parse_folder
from server.as_code.topics import OF_WORD
from server.cli.start import give_up
from server.domain.errors import DomainError
from server.domain.provider.folders import folder_document, texts_of_document
from server.kit.durations import asked_for_s

URL = Annotated[
    str, typer.Option(help="Address of the admin portal: with it, no database is needed.")
]
TOKEN_FILE = Annotated[
    Path | None, typer.Option(help="A file that holds an access token of there.")
]
PLACE = "/admin/api/configuration.json"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
CONNECT, TIMEOUT = timedelta(seconds=10), timedelta(seconds=300)
MOST_BYTES = 256 * 1024 * 1024  # of an answer
TRIES, LONGEST_WAIT_S = 5, 60.0
LATER = frozenset({429, 503})  # nothing was done
NO_PORTAL = (
    "is no admin portal of Gatehouse that can do this. Give its address, such as "
    "https://acme-admin.example.com, without a path."
)


class Named(dict[str, str]):
    """The environment, which remembers what was taken from it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        super().__init__(environment)
        self.taken: dict[str, str] = {}

    def get(self, name: str, default: Any = None) -> Any:
        value = super().get(name, default)
        if value:
            self.taken[name] = value
        return value


class Remote:
    """The admin portal of one provider."""

    def __init__(self, url: str, token_file: Path | None) -> None:
        """Check the address and read the token; exit where one is wrong."""
        self._url = url.strip().rstrip("/")
        parts = urlsplit(self._url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
            give_up(f"{self._url}: {NO_PORTAL}")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            give_up(f"{self._url}: would send the token in clear. Write https.")
        if token_file is None:
            give_up("--url needs --token-file: a file that holds an access token of there.")
        self._token = token_of(token_file, "provider")

    def export(self, *, secrets: bool) -> tuple[dict[str, str], Mapping[str, Any]]:
        """Read the files, and what is told of them; exit where they are refused."""
        told = self._asked("GET", "?secrets=true" if secrets else "")
        try:
            return texts_of_document(told), told
        except DomainError:
            give_up(f"{self._url}: {NO_PORTAL}")

    def apply(
        self, texts: Mapping[str, str], flags: Mapping[str, bool], variables: Mapping[str, str]
    ) -> Mapping[str, Any]:
        """Send files; answer what became of them, or exit with what is wrong with them."""
        from pyreqwest.multipart import FormBuilder, PartBuilder

        def form() -> Any:
            document = json.dumps(folder_document(texts)).encode()
            part = PartBuilder.from_bytes(document).file_name("folder.json")
            made = FormBuilder().percent_encode_noop().part("folder", part.mime("application/json"))
            for name, flag in flags.items():
                made = made.text(name, str(flag).lower())
            for name, value in variables.items():
                made = made.text(f"variables[{name}]", value)
            return made

        return self._asked("PUT", "", form)

    def _asked(self, method: str, query: str, form: Any = None) -> Mapping[str, Any]:
        """Ask until it is answered; exit with what it refuses."""
        for number in range(TRIES):
            status, retry_after, body = self._once(method, query, form)
            if status not in LATER or number == TRIES - 1:
                break
            time.sleep(min(max(asked_for_s(retry_after), 2.0**number), LONGEST_WAIT_S))
        told = _parsed(body)
        configuration = told.get("configuration")
        if status != 200 or not isinstance(configuration, dict):
            give_up(f"{self._url}: {self._why(status, told, body)}")
        return configuration

    def _once(self, method: str, query: str, form: Any) -> tuple[int, str, bytes]:
        # Here and not above: commands beside the database do without the client.
        from pyreqwest.client import SyncClientBuilder
        from pyreqwest.exceptions import PyreqwestError

        builder = SyncClientBuilder().connect_timeout(CONNECT).timeout(TIMEOUT)
        try:
            with builder.follow_redirects(False).user_agent("gatehouse").build() as client:
                request = client.request(method, f"{self._url}{PLACE}{query}")
                request = request.bearer_auth(self._token)
                if form is not None:
                    request = request.multipart(form())
                with request.build_streamed() as response:
                    body = bytearray()
                    while chunk := response.body_reader.read_chunk():
                        body += bytes(chunk)
                        if len(body) > MOST_BYTES:
                            give_up(f"{self._url}: answers more than {MOST_BYTES} bytes.")
                    wait = response.get_header("retry-after") or ""
                    return response.status, wait, bytes(body)
        except PyreqwestError as error:
            give_up(f"{self._url}: can't be reached: {type(error).__name__}. Is it running?")

    def _why(self, status: int, told: Mapping[str, Any], body: bytes) -> str:
        """Say what a refusal means, and what to do about it."""
        if status == 403:
            return (
                "refuses the token (403). It needs the scope Account Management API of an admin "
                "who reaches all APIs, and permission to write for `apply` and `--secrets`."
            )
        errors = told.get("errors")
        if status in {422, 503} and isinstance(errors, dict):
            lines = [str(text) for texts in errors.values() for text in texts]
            return "\n".join(lines)
        if status in {400, 413, 422, 429}:
            words = told.get("error") or body.decode("utf-8", "replace").strip()[:500]
            return f"refuses it ({status}): {words}"
        if status >= 500:
            return f"answers {status}. Nothing is stored. Look into its log."
        return f"answers {status}: it {NO_PORTAL}"


def find_remote(url: str, token_file: Path | None, provider: str) -> Remote | None:
    """Find whom a command is about over the wire; None for the database here. Exit for a mix."""
    if not url and token_file is not None:
        give_up("--token-file needs --url: the address of the admin portal.")
    if url and provider:
        give_up("--provider is for the database: with --url it is whose admin portal that is.")
    return Remote(url, token_file) if url else None


def applied(remote: Remote, texts: dict[str, str], flags: Mapping[str, bool]) -> None:
    """Apply a folder over the wire, and say what is done."""
    environment = Named(os.environ)
    with_environment(parse_folder(texts), environment)  # what is wrong is told before it is sent
    done = remote.apply(texts, flags, environment.taken)
    for line in (*done["lines"], done["summary"]):
        typer.echo(line)
    for warning in done["warnings"]:
        typer.echo(f"Warning: {warning}", err=True)
    if flags["dry_run"]:
        typer.echo("Dry run: nothing is stored.")
    elif done["stored"]:
        typer.echo("Done.")


def drift_over(remote: Remote, texts: dict[str, str], unset: list[str]) -> tuple[Drift, str]:
    """Compare a folder with what is there, but for secrets, which nobody is told."""
    wanted = with_environment(parse_folder(texts), os.environ, unset=unset)
    files, told = remote.export(secrets=False)
    with _said_of(remote):
        present = parse_folder(files)
    return drift_of(without_secrets(wanted), present), str(told["provider"])


def without_secrets(state: State) -> State:
    """Hide all secrets, so that they are as they stand."""
    found = dict(state)
    for key, entry in state.items():
        fields = {field.name: field for field in OF_WORD[entry.word].fields}
        hidden = {name: fields[name].hide(value) for name, value in entry.values.items()}
        found[key] = replace(entry, values=hidden)
    return found


@contextmanager
def _said_of(remote: Remote) -> Iterator[None]:
    try:
        yield
    except BadFolder as error:
        raise BadFolder(f"What {remote._url} exports can't be read here: {error}") from error


def token_of(file: Path, owner: str) -> str:
    """Read a token; exit when there is none."""
    try:
        token = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        give_up(f"{file}: {why}. Put an access token of the {owner} into a file, and name it here.")
    if not token:
        give_up(f"{file}: is empty. Put an access token of the {owner} into it.")
    return token


def _parsed(body: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
