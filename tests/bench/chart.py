"""The chart of the readme: how long an edit takes, by how long the file is. Both axes are logarithmic."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 760, 440
"""Pixels."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 150, 64, 52
_FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"
_SMALL = 'font-size="12.5"'
_LABEL_HEIGHT = 17.0


class Theme(NamedTuple):
    """Colours: of the page, of text, of what is beside the point, of the grid, and of the lines in their order."""

    page: str
    text: str
    faint: str
    grid: str
    lines: tuple[str, ...]


THEMES: Mapping[str, Theme] = {
    "light": Theme("#ffffff", "#1f2328", "#59636e", "#e4e8ec", ("#0969da", "#bc4c00", "#8250df", "#1a7f37", "#8c959f")),
    "dark": Theme("#0d1117", "#f0f6fc", "#9198a1", "#262c36", ("#58a6ff", "#f0883e", "#bc8cff", "#3fb950", "#6e7681")),
}

Points = Sequence[tuple[int, float]]
"""Lines of a file, and seconds."""


def svg(lines: Mapping[str, Points], theme: Theme) -> str:
    """The chart. The first line is the one that the chart is about, the last one what cannot be beaten."""
    sizes = sorted({size for points in lines.values() for size, _ in points})
    times = [seconds * 1000 for points in lines.values() for _, seconds in points]
    low, high = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))
    scale = _Scale(math.log10(sizes[0]), math.log10(sizes[-1]), low, high)
    labels = _apart([scale.y(points[-1][1] * 1000) for points in lines.values()])
    drawn = [
        _line(name, points, _Look(colour, first=number == 0, last=number == len(lines) - 1), label, scale)
        for number, ((name, points), colour, label) in enumerate(zip(lines.items(), theme.lines, labels, strict=False))
    ]
    box = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} font-family="{_FONT}">',
        f'<rect width="100%" height="100%" fill="{theme.page}"/>',
        _text(_LEFT, 26, "From an edit to its diagnostics", theme.text, 'font-size="16" font-weight="600"'),
        _text(_LEFT, 46, "milliseconds, by the lines of the file; both axes are logarithmic", theme.faint, _SMALL),
        *_grid(sizes, scale, theme),
        # What the chart is about lies above all else.
        *reversed(drawn),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _grid(sizes: Sequence[int], scale: _Scale, theme: Theme) -> Iterator[str]:
    for exponent in range(round(scale.low), round(scale.high) + 1):
        y = scale.y(10.0**exponent)
        yield f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{theme.grid}"/>'
        label = f"{10**exponent:,}" if exponent >= 0 else f"{10.0**exponent:.{-exponent}f}"
        yield _text(_LEFT - 10, y + 4, label, theme.faint, f'{_SMALL} text-anchor="end"')
    for size in sizes:
        yield _text(scale.x(size), HEIGHT - _BOTTOM + 24, f"{size:,}", theme.faint, f'{_SMALL} text-anchor="middle"')


def _line(name: str, points: Points, look: _Look, label: float, scale: _Scale) -> str:
    """One server, with its name at the end of its line."""
    places = [(scale.x(size), scale.y(seconds * 1000)) for size, seconds in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    style = f'stroke-width="{3.5 if look.first else 2}"' + (' stroke-dasharray="3 4"' if look.last else "")
    dots = [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{4.5 if look.first else 3}" fill="{look.colour}"/>' for x, y in places
    ]
    weight = 'font-size="13" font-weight="600"' if look.first else 'font-size="13"'
    return "\n".join(
        [
            f'<polyline points="{path}" fill="none" stroke="{look.colour}" stroke-linejoin="round" {style}/>',
            *dots,
            _text(places[-1][0] + 12, label + 4.5, name, look.colour, weight),
        ]
    )


class _Look(NamedTuple):
    """How a line is drawn: the first one stands out, the last one is no more than a mark."""

    colour: str
    first: bool
    last: bool


class _Scale(NamedTuple):
    """From what is shown to pixels; the ends of both axes are powers of ten."""

    left: float
    right: float
    low: float
    high: float

    def x(self, size: float) -> float:
        share = (math.log10(size) - self.left) / (self.right - self.left or 1)
        return _LEFT + share * (WIDTH - _LEFT - _RIGHT)

    def y(self, milliseconds: float) -> float:
        share = (math.log10(milliseconds) - self.low) / (self.high - self.low or 1)
        return HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM)


def _apart(places: Sequence[float]) -> list[float]:
    """The heights of labels, moved down where two would lie upon each other."""
    moved = list(places)
    before = -math.inf
    for at in sorted(range(len(places)), key=lambda at: places[at]):
        moved[at] = before = max(places[at], before + _LABEL_HEIGHT)
    return moved


def _text(x: float, y: float, text: str, colour: str, style: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" {style}>{text}</text>'
