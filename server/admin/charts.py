"""Bars of usage: heights worked out here, drawn as SVG by the template. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.actions.analytics.usage import Bucket

HEIGHT = 100
STEP = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One bucket as a bar, in the units of the view box."""

    label: str
    value: int
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side, with their sum and the highest."""

    bars: Sequence[Bar]
    total: int
    highest: int

    @property
    def width(self) -> int:
        """The width of the view box; its height is 100."""
        return max(len(self.bars), 1) * STEP


def chart_of(buckets: Sequence[Bucket], label_format: str) -> Chart:
    """Scale the buckets to the highest one; one that is not zero stays visible."""
    highest = max((bucket.value for bucket in buckets), default=0)
    bars = []
    for number, bucket in enumerate(buckets):
        height = max(HEIGHT * bucket.value / highest, 1.0) if bucket.value > 0 else 0.0
        label = bucket.start.strftime(label_format)
        bars.append(Bar(label, bucket.value, number * STEP, HEIGHT - height, height))
    return Chart(bars, sum(bucket.value for bucket in buckets), highest)
