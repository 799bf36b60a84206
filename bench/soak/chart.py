"""Lines over time as SVG, readable in light and dark, with nothing but text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, TOP, BETWEEN = 860, 130, 60, 34, 46
COLOURS = ("one", "two")
STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #24292f; }
  .name { font-weight: 600; }
  .paper { fill: #ffffff; } .noisy { fill: #d0491f; opacity: 0.12; }
  .grid { stroke: #8c959f; stroke-width: 0.5; opacity: 0.6; }
  .one { stroke: #0b57d0; } .two { stroke: #1a7f37; }
  polyline { fill: none; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .paper { fill: #0d1117; } .noisy { opacity: 0.25; }
    .one { stroke: #79b8ff; } .two { stroke: #56d364; }
  }
"""


@dataclass(frozen=True)
class Panel:
    """One diagram; a value that is not known breaks no line."""

    name: str
    lines: Mapping[str, Sequence[float | int | None]]


def drawn(
    times_s: Sequence[float], panels: Sequence[Panel], shaded: Sequence[tuple[float, float]]
) -> str:
    """Draw panels below each other, over the same time."""
    height = TOP + len(panels) * (HEIGHT + BETWEEN)
    width = LEFT + WIDTH + 20
    end_s = max([*times_s, 1.0])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{', '.join(panel.name for panel in panels)}</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{width}" height="{height}"/>',
    ]
    for number, panel in enumerate(panels):
        top = TOP + number * (HEIGHT + BETWEEN)
        parts += [_shade(top, span, end_s) for span in shaded]
        parts += _panel(panel, top, times_s, end_s)
    return "\n".join([*parts, "</svg>", ""])


def _shade(top: int, span: tuple[float, float], end_s: float) -> str:
    left, right = (_x(min(at_s, end_s), end_s) for at_s in span)
    return (
        f'<rect class="noisy" x="{left:.1f}" y="{top}" width="{right - left:.1f}" '
        f'height="{HEIGHT}"/>'
    )


def _panel(panel: Panel, top: int, times_s: Sequence[float], end_s: float) -> list[str]:
    known = [value for line in panel.lines.values() for value in line if value is not None]
    most = _round_up(max([*known, 1.0]))
    parts = [f'<text class="name" x="{LEFT}" y="{top - 8}">{panel.name}</text>']
    for share in (0, 0.5, 1):
        y = top + HEIGHT - share * HEIGHT
        parts.append(
            f'<line class="grid" x1="{LEFT}" x2="{LEFT + WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>'
        )
        parts.append(
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{most * share:g}</text>'
        )
    parts.append(_right(LEFT + WIDTH, top + HEIGHT + 16, f"{end_s / 60:.0f} min"))
    for number, (name, values) in enumerate(panel.lines.items()):
        colour = COLOURS[number % len(COLOURS)]
        points = " ".join(
            f"{_x(at_s, end_s):.1f},{top + HEIGHT - value / most * HEIGHT:.1f}"
            for at_s, value in zip(times_s, values, strict=True)
            if value is not None
        )
        x = LEFT + WIDTH - 70 * (len(panel.lines) - number)
        parts.append(f'<polyline class="{colour}" points="{points}"/>')
        key = f'x1="{x}" x2="{x + 18}" y1="{top - 12}" y2="{top - 12}"'
        parts.append(f'<line class="{colour}" stroke-width="3" {key}/>')
        parts.append(f'<text x="{x + 24}" y="{top - 8}">{name}</text>')
    return parts


def _right(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="end">{text}</text>'


def _x(at_s: float, end_s: float) -> float:
    return LEFT + at_s / end_s * WIDTH


def _round_up(value: float) -> float:
    size = 1.0
    while size * 10 < value:
        size *= 10
    return next(size * step for step in (1, 2, 5, 10) if size * step >= value)
