"""Usage: where an application stands against its limits, and bars over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cms.liquid.drops.drop import Drop
from cms.liquid.drops.services import MetricDrop
from server.actions.analytics.usage import Bucket, Standing
from server.domain.services.metrics import Metric

HEIGHT, WIDTH, GAP = 120, 720, 2


@dataclass(frozen=True, slots=True)
class Counts:
    """One metric's buckets."""

    metric: Metric
    buckets: Sequence[Bucket]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bucket, drawn."""

    bucket: Bucket
    x: float
    width: float
    height: float


class StandingDrop(Drop[Standing]):
    """A limit and what is used of it."""

    shows = ("metric", "period", "value", "used", "left", "used_pct", "used_up?", "resets_at")

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
    def used_up(self) -> bool:
        """Return whether nothing is left."""
        return self.model.left == 0

    @property
    def resets_at(self) -> datetime | None:
        """When the window ends; never, for eternity."""
        return self.model.resets_at


class BarDrop(Drop[Bar]):
    """One bar of a chart, in the units of its view box."""

    shows = ("start", "value", "x", "y", "width", "height")

    @property
    def start(self) -> datetime:
        """When the bucket begins."""
        return self.model.bucket.start

    @property
    def value(self) -> int:
        """What was counted."""
        return self.model.bucket.value

    @property
    def y(self) -> float:
        """Where the bar begins, from the top."""
        return round(HEIGHT - self.model.height, 2)


class ChartDrop(Drop[Counts]):
    """The usage of one metric, bar by bar."""

    shows = ("metric", "bars", "total", "highest", "width", "height")

    @property
    def metric(self) -> MetricDrop:
        """What was counted."""
        return MetricDrop(self.model.metric, self.data)

    @property
    def bars(self) -> list[BarDrop]:
        """The bars; one that is not zero stays visible."""
        step = WIDTH / max(len(self.model.buckets), 1)
        highest = self.highest
        bars = []
        for number, bucket in enumerate(self.model.buckets):
            height = max(HEIGHT * bucket.value / highest, 2.0) if bucket.value > 0 else 0.0
            bar = Bar(bucket, round(number * step, 2), round(step - GAP, 2), round(height, 2))
            bars.append(BarDrop(bar, self.data))
        return bars

    @property
    def total(self) -> int:
        """All buckets together."""
        return sum(bucket.value for bucket in self.model.buckets)

    @property
    def highest(self) -> int:
        """The highest bucket."""
        return max((bucket.value for bucket in self.model.buckets), default=0)

    @property
    def width(self) -> int:
        """The width of the view box."""
        return WIDTH

    @property
    def height(self) -> int:
        """The height of the view box."""
        return HEIGHT
