"""Stacks drawn as a flame graph: an SVG without script, callers above what they call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

Stacks = Mapping[tuple[str, ...], int]

WIDTH, ROW, MARGIN = 1600, 17, 10
A_SIGN = 6.6
"""Pixels of a letter."""
NARROWEST = 0.6
"""Pixels under which a frame is left out."""

COLOURS = {
    "quiz": "#9ad29a",
    "sqlalchemy": "#f3b27a",
    "aiosqlite": "#e88a80",
    "sqlite3": "#e88a80",
    "jinja2": "#8fb8e8",
    "markupsafe": "#8fb8e8",
    "starlette": "#c4a6e0",
    "uvicorn": "#dccdf0",
}
"""By package; all others are grey. Templates have no module and count as jinja2."""


@dataclass
class Node:
    """A frame with everything below it."""

    count: int = 0
    children: dict[str, Node] = field(default_factory=dict)


def flame_graph(stacks: Stacks, title: str) -> str:
    """Return the SVG; widths are shares of all samples."""
    root = _tree(stacks)
    frames = list(_frames(root, 0.0, 0))
    height = (max((depth for _, _, _, depth in frames), default=0) + 3) * ROW
    body = "\n".join(_box(name, x, count, depth, root.count) for name, x, count, depth in frames)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="monospace" font-size="11">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>\n'
        f'<text x="{MARGIN}" y="{ROW}" font-size="13">{escape(title)}, '
        f"{root.count} samples</text>\n{body}\n</svg>\n"
    )


def shares(stacks: Stacks, packages: Mapping[str, str] = COLOURS) -> list[tuple[str, float]]:
    """Return the share of samples whose innermost known package is this one, largest first."""
    seen: Counter[str] = Counter()
    for stack, count in stacks.items():
        inner = (package_of(name) for name in reversed(stack))
        seen[next((package for package in inner if package in packages), "other")] += count
    return [(name, count / seen.total()) for name, count in seen.most_common()]


def below(stacks: Stacks, prefix: str, most: int) -> list[tuple[str, float]]:
    """Return the functions under a prefix with the largest share of samples in or below them."""
    seen: Counter[str] = Counter()
    for stack, count in stacks.items():
        for name in {name for name in stack if name.startswith(prefix)}:
            seen[name] += count
    total = sum(stacks.values())
    return [(name, count / total) for name, count in seen.most_common(most)]


def package_of(name: str) -> str:
    """Return the package that a function belongs to."""
    return "jinja2" if name.startswith("?") else name.partition(".")[0]


def _tree(stacks: Stacks) -> Node:
    root = Node()
    for stack, count in stacks.items():
        root.count += count
        node = root
        for name in stack:
            node = node.children.setdefault(name, Node())
            node.count += count
    return root


def _frames(node: Node, x: float, depth: int) -> Iterator[tuple[str, float, int, int]]:
    """Yield name, samples to the left, samples and depth of all frames."""
    for name, child in sorted(node.children.items()):
        yield name, x, child.count, depth
        yield from _frames(child, x, depth + 1)
        x += child.count


def _box(name: str, before: float, count: int, depth: int, total: int) -> str:
    scale = (WIDTH - 2 * MARGIN) / total
    width = count * scale
    if width < NARROWEST:
        return ""
    x, y = MARGIN + before * scale, (depth + 2) * ROW
    label = escape(name[: max(0, int(width / A_SIGN) - 1)])
    told = escape(f"{name}: {count / total:.1%}")
    return (
        f'<g><title>{told}</title><rect x="{x:.1f}" y="{y - 12}" width="{width:.1f}" '
        f'height="{ROW - 1}" fill="{COLOURS.get(package_of(name), "#d8d8d8")}" rx="1"/>'
        f'<text x="{x + 2:.1f}" y="{y}">{label}</text></g>'
    )
