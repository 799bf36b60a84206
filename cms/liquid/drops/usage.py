"""Usage: where an application stands against its limits, and bars over time."""

import re
from dataclasses import dataclass
from datetime import datetime

from cms.content.catalogs import ENGLISH
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.metrics import MetricDrop
from cms.liquid.formats import names_of
from cms.liquid.language import Language
from cms.liquid.strftime import MONTHS as MONTH_NAMES
from server.actions.analytics.charts import Bar, Chart, Date, LimitLine, Row, Step
from server.actions.analytics.refusals import RefusalCount, RefusalUsage
from server.actions.analytics.spans import Span
from server.actions.analytics.usage import Standing
from server.domain.services.metrics import Metric

MONTHS = [name[:3] for name in MONTH_NAMES]
MONTH = re.compile("|".join(MONTHS))
HEIGHT, WIDTH = 120, 720  # of the view box that themes may draw in


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with what it is of; None: of refused calls."""

    chart: Chart
    metric: Metric | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The refused calls of a span with their chart."""

    usage: RefusalUsage
    chart: Chart


class StandingDrop(Drop[Standing]):
    """A limit and what is used of it.

    Example: {% for standing in application.usage %}{{ standing.used }}
    of {{ standing.value }}{% else %}No limits{% endfor %}
    """

    shows = (
        "metric",
        "period",
        "value",
        "used",
        "left",
        "used_pct",
        "state",
        "used_up?",
        "near?",
        "disabled?",
        "resets_at",
        "resets_in",
    )
    says = {
        "used": "How much is used.",
        "left": "How much is left.",
    }

    @property
    def metric(self) -> MetricDrop:
        """What is limited."""
        return MetricDrop(self.model.metric, self.data)

    @property
    def period(self) -> str:
        """The window."""
        return self.model.limit.period

    @property
    def value(self) -> int:
        """The limit."""
        return self.model.limit.value

    @property
    def used_pct(self) -> int:
        """How much is used, in whole percent."""
        return int(self.model.used_pct)

    @property
    def state(self) -> str:
        """One of fine, near, used_up and disabled."""
        return self.model.state

    @property
    def used_up(self) -> bool:
        """Return whether nothing is left of what there was."""
        return self.model.state == "used_up"

    @property
    def near(self) -> bool:
        """Return whether it is used up soon."""
        return self.model.state == "near"

    @property
    def disabled(self) -> bool:
        """Return whether the plan gives nothing of it."""
        return self.model.state == "disabled"

    @property
    def resets_at(self) -> datetime | None:
        """When the window ends; never, for eternity."""
        return self.model.resets_at

    @property
    def resets_in(self) -> str:
        """The same in words, such as 12 minutes."""
        return duration_text(self.model.resets_in, self.data.language)


def duration_text(text: str, language: Language) -> str:
    """Say a duration such as `12 minutes` in a language."""
    count, _, unit = text.partition(" ")
    if not count.isdecimal():
        return language.say(text)
    one, number = f"%{{count}} {unit.removesuffix('s')}", int(count)
    said = language.say_many(one, f"{one}s", number)
    return said.replace("%{count}", language.number(number))


class BarDrop(Drop[Bar]):
    """One bar of a chart; in percent of the plot, or in the units of its view box.

    Example: {% for bar in chart.bars %}{{ bar.text }}: {{ bar.value }} {% endfor %}
    """

    shows = (
        "start",
        "text",
        "value",
        "full?",
        "left_pct",
        "top_pct",
        "width_pct",
        "height_pct",
        "middle_pct",
        "anchor",
        "x",
        "y",
        "width",
        "height",
    )
    says = {
        "start": "When its window begins.",
        "value": "How many there were.",
        "left_pct": "Where it begins, from the left.",
        "top_pct": "Where it begins, from the top.",
        "width_pct": "How wide it is.",
        "height_pct": "How high it is.",
        "middle_pct": "Where its middle is, from the left.",
        "anchor": "Which side a text at it grows to: start, middle or end.",
    }

    @property
    def full(self) -> bool:
        """Return whether it reaches a limit."""
        return self.model.is_full

    @property
    def x(self) -> float:
        """Where the bar begins, from the left."""
        return round(WIDTH * self.model.left_pct / 100, 2)

    @property
    def y(self) -> float:
        """Where the bar begins, from the top."""
        return round(HEIGHT * self.model.top_pct / 100, 2)

    @property
    def width(self) -> float:
        """How wide it is."""
        return round(WIDTH * self.model.width_pct / 100, 2)

    @property
    def height(self) -> float:
        """How high it is."""
        return round(HEIGHT * self.model.height_pct / 100, 2)


class StepDrop(Drop[Step]):
    """One line of a chart's scale.

    Example: {% for step in chart.scale %}{{ step.text }} {% endfor %}
    """

    shows = ("value", "text", "top_pct")
    says = {
        "top_pct": "Where it is, from the top.",
    }


class DateDrop(Drop[Date]):
    """A date below the bars; a minor one may be left out where there is little room.

    Example: {% for date in chart.dates %}{{ date.text }} {% endfor %}
    """

    shows = ("text", "left_pct", "anchor", "minor?")
    says = {
        "left_pct": "Where it is, from the left.",
        "anchor": "Which side its text grows to: start, middle or end.",
    }

    @property
    def text(self) -> str:
        """The date, as short as it can be told."""
        return MONTH.sub(self._month, self.model.text)

    def _month(self, found: re.Match[str]) -> str:
        if self.data.locale == ENGLISH:
            return found[0]
        number = MONTHS.index(found[0])
        return names_of("months", "abbreviated", self.data.locale)[number]

    @property
    def minor(self) -> bool:
        """Return whether it may be left out."""
        return self.model.is_minor


class LimitLineDrop(Drop[LimitLine]):
    """A limit of windows as wide as the chart's; one far above the bars has no place.

    Example: {% for line in chart.limits %}{{ line.value }}{% else %}No limits{% endfor %}
    """

    shows = ("value", "top_pct", "far?")
    says = {
        "value": "The limit.",
        "top_pct": "Where it is, from the top; nothing when it is far.",
    }

    @property
    def far(self) -> bool:
        """Return whether it is far above the bars."""
        return self.model.top_pct is None


class RowDrop(Drop[Row]):
    """One line of the numbers, or several empty ones folded.

    Example: {% for row in rows %}{{ row.text }}: {{ row.counts | sum }}{% endfor %}
    """

    shows = ("text", "windows", "counts")
    says = {
        "windows": "How many windows it stands for.",
        "counts": "The numbers, one a column.",
    }


class ChartDrop(Drop[Drawn]):
    """Counts over time, bar by bar.

    Example: {{ chart.total }} calls, at most {{ chart.highest }} a {{ chart.granularity }}
    """

    shows = (
        "metric",
        "granularity",
        "bars",
        "scale",
        "dates",
        "limits",
        "rows",
        "peak",
        "total",
        "highest",
        "width",
        "height",
    )

    @property
    def metric(self) -> MetricDrop | None:
        """What was counted; nothing for refused calls."""
        return None if self.model.metric is None else MetricDrop(self.model.metric, self.data)

    @property
    def granularity(self) -> str:
        """How wide a bar's window is: hour, day, week or month."""
        return self.model.chart.granularity

    @property
    def bars(self) -> list[BarDrop]:
        """The bars; one that is not zero stays visible."""
        return [BarDrop(bar, self.data) for bar in self.model.chart.bars]

    @property
    def scale(self) -> list[StepDrop]:
        """The lines of the scale, highest first."""
        return [StepDrop(step, self.data) for step in self.model.chart.scale]

    @property
    def dates(self) -> list[DateDrop]:
        """What is written below the bars."""
        return [DateDrop(date, self.data) for date in self.model.chart.dates]

    @property
    def limits(self) -> list[LimitLineDrop]:
        """The plan's limits of the same window."""
        return [LimitLineDrop(limit, self.data) for limit in self.model.chart.limits]

    @property
    def rows(self) -> list[RowDrop]:
        """The numbers, newest first."""
        return [RowDrop(row, self.data) for row in self.model.chart.rows]

    @property
    def peak(self) -> BarDrop | None:
        """The newest of the highest bars; nothing when nothing was counted."""
        peak = self.model.chart.peak
        return None if peak is None else BarDrop(peak, self.data)

    @property
    def total(self) -> int:
        """All bars together."""
        return self.model.chart.total

    @property
    def highest(self) -> int:
        """The highest bar."""
        return self.model.chart.highest

    @property
    def width(self) -> int:
        """The width of the view box."""
        return WIDTH

    @property
    def height(self) -> int:
        """The height of the view box."""
        return HEIGHT


class RefusalDrop(Drop[RefusalCount]):
    """One reason for which calls were refused.

    Example: {% for reason in refusals.reasons %}
    {{ reason.title }}: {{ reason.value }}{% else %}None{% endfor %}
    """

    shows = ("code", "title", "hint", "status", "value")
    says = {
        "code": "The code of the reason.",
        "title": "The reason in words.",
        "hint": "What helps.",
        "status": "The status that callers got.",
        "value": "How many calls.",
    }

    @property
    def title(self) -> str:
        """What the reason is."""
        return self.data.language.say(self.model.title)

    @property
    def hint(self) -> str:
        """What to do about it."""
        return self.data.language.say(self.model.hint)


class RefusalsDrop(Drop[Refused]):
    """The calls that were refused in a span.

    Example: {{ refusals.total }} calls were refused
    """

    shows = ("total", "reasons", "chart")

    @property
    def total(self) -> int:
        """All of them."""
        return self.model.usage.total

    @property
    def reasons(self) -> list[RefusalDrop]:
        """How many for which reason, the most frequent first."""
        return [RefusalDrop(each, self.data) for each in self.model.usage.codes]

    @property
    def chart(self) -> ChartDrop:
        """The same over time."""
        return ChartDrop(Drawn(self.model.chart), self.data)


class SpanDrop(Drop[Span]):
    """A span of time that usage can be shown for.

    Example: {% for each in spans %}{{ each.title }}{% endfor %}
    """

    shows = ("name", "title", "granularity", "days")
    says = {
        "name": "What the address calls it.",
        "granularity": "How wide the windows are.",
        "days": "How many days it has; nothing for hours.",
    }

    @property
    def title(self) -> str:
        """What people call it."""
        return self.data.language.say(self.model.title)
