"""A call of an operation as code: curl, Python, Node, Go, Ruby, PHP, Java.

Every value that goes into code is written as a literal of that language, whatever it holds.
"""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from server.domain.portal.specs.details import FORM, Details, Parameter
from server.domain.portal.specs.prepared import Credentials

PLACEHOLDERS = {1: ("YOUR_KEY",), 2: ("YOUR_APP_ID", "YOUR_APP_KEY")}
DATA_NAMES = {"user_keys": 0, "app_ids": 0, "app_keys": 1, "client_ids": 0, "client_secrets": 1}
WITHOUT_BODY = {"GET", "HEAD"}


@dataclass(frozen=True, slots=True)
class Call:
    """An HTTP request."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """The call in one language."""

    language: str  # as themes name it: curl, python, node, …
    title: str
    code: str


def call_of(
    details: Details, base_url: str, credentials: Credentials | None, keys: Sequence[str] = ()
) -> Call:
    """Make a call that does what an operation asks for; `keys` are the caller's own.

    Optional parameters are left out.
    """
    values = tuple(keys) or PLACEHOLDERS[len(credentials.names) if credentials else 1]
    path, query, headers = details.path, list[tuple[str, str]](), list[tuple[str, str]]()
    for parameter in details.parameters:
        value = _value(parameter, credentials, values)
        if value is None:
            continue
        if parameter.place == "path":
            path = path.replace(f"{{{parameter.name}}}", quote(value, safe=""))
        elif parameter.place == "query":
            query.append((parameter.name, value))
        elif parameter.place == "header":
            headers.append((parameter.name, value))
    if credentials is not None:
        _add_credentials(credentials, values, query, headers)
    body = ""
    if details.bodies and details.method not in WITHOUT_BODY:
        content = details.bodies[0]
        headers.append(("Content-Type", content.media_type))
        body = _form(content.example) if content.media_type == FORM else content.example
    url = f"{base_url.rstrip('/')}/{path.removeprefix('/')}"
    url = f"{url}{'&' if '?' in url else '?'}{urlencode(query)}" if query else url
    clean = tuple((_one_line(name), _one_line(value)) for name, value in headers)
    return Call(details.method, _one_line(url), clean, body)


def samples_of(call: Call) -> tuple[Sample, ...]:
    """Write a call in every language."""
    return tuple(Sample(name, title, write(call)) for name, title, write in LANGUAGES)


def _value(
    parameter: Parameter, credentials: Credentials | None, keys: Sequence[str]
) -> str | None:
    """Choose the value of a parameter; None leaves it out."""
    index = DATA_NAMES.get(parameter.data_name)
    if index is None and credentials is not None and parameter.name in credentials.names:
        index = credentials.names.index(parameter.name)
    if index is not None:
        return keys[min(index, len(keys) - 1)]
    return parameter.example if parameter.required or parameter.place == "path" else None


def _add_credentials(
    credentials: Credentials,
    keys: Sequence[str],
    query: list[tuple[str, str]],
    headers: list[tuple[str, str]],
) -> None:
    """Add what the gateway asks for, unless a parameter was it."""
    if credentials.location == "authorization":
        if not any(name.lower() == "authorization" for name, _ in headers):
            pair = ":".join((*keys, "")[:2])
            told = base64.b64encode(pair.encode()).decode()
            headers.append(("Authorization", f"Basic {told}"))
        return
    place = headers if credentials.location == "headers" else query
    known = {name.lower() for name, _ in (*query, *headers)}
    place += [
        (name, key)
        for name, key in zip(credentials.names, keys, strict=False)
        if name.lower() not in known
    ]


def _form(example: str) -> str:
    """Write the example of a form as it is sent."""
    try:
        fields = json.loads(example)
    except ValueError:
        return example
    return urlencode(fields) if isinstance(fields, dict) else example


def _one_line(text: str) -> str:
    """Leave out what no header or address can hold."""
    return "".join(each for each in text if each.isprintable())


def _shell(text: str) -> str:
    """Write a word of a POSIX shell."""
    return "'" + text.replace("\0", "").replace("'", "'\\''") + "'"


def _json_literal(text: str) -> str:
    """Write a string of JavaScript, which reads JSON."""
    return json.dumps(text)


def _go(text: str) -> str:
    """Write a string of Go or Python, which want no surrogates."""
    return _escaped(text, lambda code: f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


def _ruby(text: str) -> str:
    """Write a string of Ruby in double quotes: `#` would begin code."""
    return _escaped(text, lambda code: f"\\u{{{code:x}}}", special='\\"#')


def _php(text: str) -> str:
    """Write a string of PHP in single quotes: nothing but these two is special there."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _escaped(text: str, code: Callable[[int], str], special: str = '\\"') -> str:
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
    written = [
        f"\\{each}"
        if each in special
        else named.get(each) or (each if each.isprintable() else code(ord(each)))
        for each in text
    ]
    return f'"{"".join(written)}"'


def _curl(call: Call) -> str:
    method = "--head" if call.method == "HEAD" else f"-X {call.method}"
    lines = [f"curl {method} {_shell(call.url)}"]
    lines += [f"-H {_shell(f'{name}: {value}')}" for name, value in call.headers]
    if call.body:
        lines.append(f"--data-raw {_shell(call.body)}")
    return " \\\n  ".join(lines)


def _python(call: Call) -> str:
    lines = ["import urllib.request", "", "request = urllib.request.Request("]
    lines.append(f"    {_go(call.url)},")
    lines.append(f"    method={_go(call.method)},")
    if call.headers:
        lines.append("    headers={")
        lines += [f"        {_go(name)}: {_go(value)}," for name, value in call.headers]
        lines.append("    },")
    if call.body:
        lines.append(f"    data={_go(call.body)}.encode(),")
    lines += [")", "with urllib.request.urlopen(request) as response:"]
    lines.append("    print(response.status, response.read().decode())")
    return "\n".join(lines)


def _node(call: Call) -> str:
    lines = [f"const response = await fetch({_json_literal(call.url)}, {{"]
    lines.append(f"  method: {_json_literal(call.method)},")
    if call.headers:
        lines.append("  headers: {")
        lines += [
            f"    {_json_literal(name)}: {_json_literal(value)}," for name, value in call.headers
        ]
        lines.append("  },")
    if call.body:
        lines.append(f"  body: {_json_literal(call.body)},")
    lines += ["});", "console.log(response.status, await response.text());"]
    return "\n".join(lines)


def _golang(call: Call) -> str:
    body = f"strings.NewReader({_go(call.body)})" if call.body else "nil"
    imports = ["fmt", "io", "net/http", *(["strings"] if call.body else [])]
    lines = ["package main", "", "import ("]
    lines += [f'\t"{name}"' for name in imports]
    lines += [")", "", "func main() {"]
    lines.append(f"\trequest, err := http.NewRequest({_go(call.method)}, {_go(call.url)}, {body})")
    lines += ["\tif err != nil {", "\t\tpanic(err)", "\t}"]
    lines += [f"\trequest.Header.Set({_go(name)}, {_go(value)})" for name, value in call.headers]
    lines += ["\tresponse, err := http.DefaultClient.Do(request)"]
    lines += ["\tif err != nil {", "\t\tpanic(err)", "\t}", "\tdefer response.Body.Close()"]
    lines += [
        "\ttext, _ := io.ReadAll(response.Body)",
        "\tfmt.Println(response.Status, string(text))",
        "}",
    ]
    return "\n".join(lines)


def _rubylang(call: Call) -> str:
    kind = call.method.capitalize()
    lines = ['require "net/http"', "", f"uri = URI({_ruby(call.url)})"]
    lines.append(f"request = Net::HTTP::{kind}.new(uri)")
    lines += [f"request[{_ruby(name)}] = {_ruby(value)}" for name, value in call.headers]
    if call.body:
        lines.append(f"request.body = {_ruby(call.body)}")
    secure = 'uri.scheme == "https"'
    lines.append(f"response = Net::HTTP.start(uri.host, uri.port, use_ssl: {secure}) do |http|")
    lines += ["  http.request(request)", "end", "puts response.code, response.body"]
    return "\n".join(lines)


def _phplang(call: Call) -> str:
    lines = ["<?php", f"$request = curl_init({_php(call.url)});"]
    lines.append(f"curl_setopt($request, CURLOPT_CUSTOMREQUEST, {_php(call.method)});")
    lines.append("curl_setopt($request, CURLOPT_RETURNTRANSFER, true);")
    if call.headers:
        lines.append("curl_setopt($request, CURLOPT_HTTPHEADER, [")
        lines += [f"    {_php(f'{name}: {value}')}," for name, value in call.headers]
        lines.append("]);")
    if call.body:
        lines.append(f"curl_setopt($request, CURLOPT_POSTFIELDS, {_php(call.body)});")
    lines += [
        "$text = curl_exec($request);",
        "echo curl_getinfo($request, CURLINFO_HTTP_CODE), ' ', $text;",
    ]
    return "\n".join(lines)


def _java(call: Call) -> str:
    literal = _java_literal
    body = "HttpRequest.BodyPublishers.noBody()"
    if call.body:
        body = f"HttpRequest.BodyPublishers.ofString({literal(call.body)})"
    lines = ["import java.net.URI;", "import java.net.http.HttpClient;"]
    lines += ["import java.net.http.HttpRequest;", "import java.net.http.HttpResponse;", ""]
    lines += ["public class Call {", "  public static void main(String[] args) throws Exception {"]
    lines.append(
        f"    HttpRequest request = HttpRequest.newBuilder(URI.create({literal(call.url)}))"
    )
    lines.append(f"        .method({literal(call.method)}, {body})")
    lines += [f"        .header({literal(name)}, {literal(value)})" for name, value in call.headers]
    lines += ["        .build();", "    HttpResponse<String> response = HttpClient.newHttpClient()"]
    lines.append("        .send(request, HttpResponse.BodyHandlers.ofString());")
    lines.append('    System.out.println(response.statusCode() + " " + response.body());')
    lines += ["  }", "}"]
    return "\n".join(lines)


def _java_literal(text: str) -> str:
    """Write a string of Java in octal: a newline told by its code point would end the line."""
    return _escaped(text, _java_code)


def _java_code(code: int) -> str:
    if code < 0x100:
        return f"\\{code:03o}"
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


LANGUAGES: Sequence[tuple[str, str, Callable[[Call], str]]] = (
    ("curl", "curl", _curl),
    ("python", "Python", _python),
    ("node", "Node", _node),
    ("go", "Go", _golang),
    ("ruby", "Ruby", _rubylang),
    ("php", "PHP", _phplang),
    ("java", "Java", _java),
)
TITLES: Mapping[str, str] = {name: title for name, title, _ in LANGUAGES}
