"""What applications used there in the windows that still run: asked of authorize, else of stats."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from gateway.windows import PERIODS, Period, window_of
from server.as_code.moving.client import Api
from server.as_code.moving.tenant import CannotMove, Record, Tenant, Untaken, Used
from server.kit.clock import utc_now

REPORT = re.compile(
    r'<usage_report\s+metric="(?P<metric>[^"]*)"\s+period="(?P<period>\w+)"[^>]*>'
    r"(?P<body>.*?)</usage_report>",
    re.DOTALL,
)
START = re.compile(r"<period_start>([^<]*)</period_start>")
CURRENT = re.compile(r"<current_value>(\d+)</current_value>")
GRANULARITY = {"hour": "hour", "day": "hour", "week": "day", "month": "day", "year": "month"}
WITH_REPORTS = frozenset({200, 409})


class Counters:
    """Reads the counters that limits are about."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._services: dict[str, Record] = {}
        self._names: dict[str, str] = {}  # id of a metric there -> its name, as `Used` has it
        self._wire: dict[str, str] = {}  # name in reports -> the same
        self._closed: set[str] = set()  # where nobody answered

    def know(self, tenant: Tenant) -> None:
        """Remember what metrics are called."""
        self._services = {str(each["id"]): each for each in tenant.services}
        for service in tenant.services:
            for metric in _all(service):
                self._names[str(metric["id"])] = _name(metric)
        for backend in tenant.backend_apis:
            for metric in _all(backend):
                own = _name(metric).removesuffix(f".{backend['id']}")
                name = f"{backend.get('system_name')}/{own}"
                self._names[str(metric["id"])] = name
                self._wire[f"{own}.{backend['id']}"] = name

    def read(self, application: Record, plan: Record, untaken: list[Untaken]) -> list[Used]:
        """Read what an application used of what its plan limits; tell what nobody says."""
        limits = {
            (self._names.get(str(each.get("metric_id")), ""), str(each.get("period")))
            for each in plan.get("limits") or ()
        }
        limits = {(name, period) for name, period in limits if name and period in set(PERIODS)}
        if not limits:
            return []
        now = utc_now()
        found = {(each.metric, each.period): each for each in self._authorized(application, now)}
        for name, period in sorted(limits - set(found)):
            used = self._from_stats(application, (name, period), now)
            if used is not None:
                found[name, period] = used
        lacking = sorted(f"{name} a {period}" for name, period in limits - set(found))
        if lacking:
            what = f"application {application.get('name')} ({application['id']}), counters"
            told = f"neither authorize nor the statistics there tell {', '.join(lacking)}."
            untaken.append(Untaken(what, told, "They begin at nothing here."))
        return [used for key, used in found.items() if key in limits]

    def _authorized(self, application: Record, now: datetime) -> Iterator[Used]:
        """Ask as a gateway would, without counting anything."""
        service = self._services.get(str(application.get("service_id")), {})
        endpoint = _endpoint(service)
        if not endpoint or endpoint in self._closed or not service.get("service_token"):
            return
        params = {
            "service_token": service["service_token"],
            "service_id": service["id"],
            **_credentials(application, service),
        }
        word = "oauth_authorize" if _is_oauth(service) else "authorize"
        try:
            url = f"{endpoint}/transactions/{word}.xml"
            answer = self._api.ask(url, params, is_open=True)
        except CannotMove:
            self._closed.add(endpoint)
            return
        if answer.status not in WITH_REPORTS:
            return
        for match in REPORT.finditer(answer.body.decode("utf-8", "replace")):
            used = self._used(match, now)
            if used is not None:
                yield used

    def _used(self, match: re.Match[str], now: datetime) -> Used | None:
        period, wire = match["period"], unescape(match["metric"])
        current = CURRENT.search(match["body"])
        if current is None or period not in set(PERIODS):
            return None
        window = window_of(Period(period), now).start
        start = START.search(match["body"])
        if start is not None and _moment(start[1]) != window:
            return None  # it has ended meanwhile
        return Used(self._wire.get(wire, wire), period, window, int(current[1]))

    def _from_stats(
        self, application: Record, limit: tuple[str, str], now: datetime
    ) -> Used | None:
        """Add up what the statistics tell since the window began. Minutes they don't know."""
        name, period = limit
        if period == "minute" or "/stats" in self._closed:
            return None
        start = window_of(Period(period), now).start
        wire = next((each for each, told in self._wire.items() if told == name), name)
        params: dict[str, Any] = {"metric_name": wire, "timezone": "UTC"}
        if period == "eternity":
            params["period"] = "eternity"
        else:
            params["since"] = f"{start:%Y-%m-%d %H:%M:%S}"
            params["granularity"] = GRANULARITY[period]
        url = f"{self._api.url}/stats/applications/{application['id']}/usage.json"
        try:
            answer = self._api.ask(url, params)
        except CannotMove:
            self._closed.add("/stats")
            return None
        if answer.status == 404:
            self._closed.add("/stats")
        total = _total(answer.body) if answer.status == 200 else None
        return None if total is None else Used(name, period, start, total)


def _total(body: bytes) -> int | None:
    try:
        total = json.loads(body).get("total")
    except (ValueError, AttributeError):
        return None
    return int(total) if isinstance(total, int | float) else None


def _moment(text: str) -> datetime | None:
    """Read a time such as `2026-11-25 00:00:00 +0000`."""
    try:
        return datetime.fromisoformat(text.strip().replace(" +", "+")).astimezone(UTC)
    except ValueError:
        return None


def _all(record: Record) -> Iterator[Record]:
    for metric in record.get("metrics") or ():
        yield metric
        yield from metric.get("methods") or ()


def _name(metric: Mapping[str, Any]) -> str:
    return str(metric.get("system_name") or metric.get("name") or "")


def _is_oauth(service: Record) -> bool:
    return str(service.get("backend_version")) in {"oauth", "oidc"}


def _credentials(application: Record, service: Record) -> dict[str, str]:
    """Tell what an application calls with."""
    if str(service.get("backend_version", "1")) == "1":
        return {"user_key": str(application.get("user_key") or "")}
    found = {"app_id": str(application.get("application_id") or "")}
    keys = application.get("keys") or ()
    if keys and not _is_oauth(service):
        found["app_key"] = keys[0]
    return found


def _endpoint(service: Record) -> str:
    """Find where gateways ask: the configurations that they read tell it."""
    for config in (service.get("configs") or {}).values():
        backend = (((config or {}).get("content") or {}).get("proxy") or {}).get("backend") or {}
        endpoint = str(backend.get("endpoint") or "").rstrip("/")
        if urlsplit(endpoint).scheme in {"http", "https"}:
            return endpoint
    return ""
