"""The XML of the Service Management API, written by hand: one line, escaped. Pure.

Source: service-management-api 6.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from gateway.counters.base import Reading
from gateway.directory import Metric
from gateway.transactions.question import Question, Verdict
from gateway.transactions.validators import redirect_name_of
from gateway.windows import INDEX, PERIODS, Period, Windows

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
MOST_KEYS = 256  # of an application in an answer
# XML 1.0 has no way to write these, not even as references.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SPECIAL = re.compile(r"[&<>\r]|[^\t\n\x20-\ud7ff]")


class PeriodTexts:
    """Start and end of each period, written once for each set of windows."""

    __slots__ = ("_texts", "_windows")

    def __init__(self) -> None:
        self._windows: Windows | None = None
        self._texts: tuple[str, ...] = ()

    def write(self, windows: Windows) -> tuple[str, ...]:
        """Write both elements of each period, in the order of `PERIODS`; eternity has none."""
        if windows is not self._windows:
            self._texts = tuple(_span(windows, period) for period in PERIODS)
            self._windows = windows
        return self._texts


def status_xml(
    question: Question, verdict: Verdict, spans: Sequence[str], keys: Sequence[str] | None
) -> bytes:
    """Write the answer to authorize and authrep; `keys` are the application's, when needed."""
    rejection = verdict.rejection
    parts = [HEAD, "<status><authorized>"]
    if rejection is None:
        parts.append("true</authorized>")
    else:
        parts.append(f"false</authorized><reason>{escaped(rejection.reason)}</reason>")
    if question.action.oauth:
        parts.append(_application(question, keys or ()))
    parts.append(f"<plan>{escaped(question.application.plan_name)}</plan>")
    readings = in_order(verdict.readings)
    if readings:
        shown = in_order(verdict.shown) if verdict.shown else readings
        parts.append("<usage_reports>")
        parts.extend(
            _usage_report(stored, each.current, spans[INDEX[each.limit.period]])
            for stored, each in zip(readings, shown, strict=True)
        )
        parts.append("</usage_reports>")
    if question.options.list_app_keys:
        parts.append(_app_keys(question, keys or ()))
    if question.options.hierarchy:
        parts.append(_hierarchy(readings, question.service.metrics))
    parts.append("</status>")
    return "".join(parts).encode()


def error_xml(code: str, message: str) -> bytes:
    return f'{HEAD}<error code="{attribute(code)}">{escaped(message)}</error>'.encode()


def in_order(readings: Sequence[Reading]) -> Sequence[Reading]:
    """Sort by metric, in the order that limits name them, then from eternity down to minute."""
    if len(readings) < 2:
        return readings
    ranks: dict[int, int] = {}
    for reading in readings:
        ranks.setdefault(reading.limit.metric_id, len(ranks))
    return sorted(
        readings,
        key=lambda each: (ranks[each.limit.metric_id], -INDEX[each.limit.period]),
    )


def escaped(text: str) -> str:
    """Make a text safe between tags; quotes stay as they are."""
    if SPECIAL.search(text) is None:
        return text
    plain = UNWRITABLE.sub("\ufffd", text)
    plain = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace("\r", "&#13;")  # a reader would turn a bare one into a line feed


def attribute(text: str) -> str:
    """Make a text safe in a double-quoted attribute."""
    return escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def _usage_report(reading: Reading, shown: int, span: str) -> str:
    limit = reading.limit
    exceeded = ' exceeded="true"' if reading.current > limit.value else ""
    return (
        f'<usage_report metric="{attribute(limit.metric)}" period="{limit.period}"{exceeded}>'
        f"{span}<max_value>{limit.value}</max_value>"
        f"<current_value>{shown}</current_value></usage_report>"
    )


def _span(windows: Windows, period: Period) -> str:
    if period is Period.ETERNITY:
        return ""
    start, end = (_time(each[INDEX[period]]) for each in (windows.starts, windows.ends))
    return f"<period_start>{start}</period_start><period_end>{end}</period_end>"


def _time(at_s: int) -> str:
    return datetime.fromtimestamp(at_s, UTC).strftime("%Y-%m-%d %H:%M:%S +0000")


def _application(question: Question, keys: Sequence[str]) -> str:
    application, name = question.application, redirect_name_of(question)
    return (
        f"<application><id>{escaped(application.application_id)}</id>"
        f"<key>{escaped(keys[0]) if keys else ''}</key>"
        f"<{name}>{escaped(application.redirect_url)}</{name}></application>"
    )


def _app_keys(question: Question, keys: Sequence[str]) -> str:
    listed = "".join(f'<key id="{attribute(key)}"/>' for key in keys[:MOST_KEYS])
    application_id = attribute(question.application.application_id)
    return f'<app_keys app="{application_id}" svc="{question.service.id}">{listed}</app_keys>'


def _hierarchy(readings: Iterable[Reading], metrics: Mapping[str, Metric]) -> str:
    children: dict[str | None, list[str]] = {}
    for metric in metrics.values():
        children.setdefault(metric.parent, []).append(metric.system_name)
    rows = [
        f'<metric name="{attribute(reading.limit.metric)}" '
        f'children="{attribute(" ".join(children.get(reading.limit.metric, ())))}"/>'
        for reading in readings
    ]
    return f"<hierarchy>{''.join(rows)}</hierarchy>"
