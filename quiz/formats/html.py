"""HTML as other programs keep it, to our Markdown and back."""

from __future__ import annotations

from functools import lru_cache

from bs4 import BeautifulSoup, Tag
from markdown_it import MarkdownIt
from markdownify import MarkdownConverter

from quiz.core.blocks import Fence, Place, markdown

UNSEEN = frozenset({"script", "style", "template", "noscript"})
FLATTENED = frozenset({"sub", "sup", "u", "ins", "math", "svg", "ruby"})
TAKEN_OUT = frozenset({"iframe", "video", "audio", "object", "embed", "form", "input", "select"})
LOST = UNSEEN | FLATTENED | TAKEN_OUT
"""Elements that Markdown has no word for; of those that are flattened the text stays."""

DEEPEST, LONGEST = 100, 200_000
"""How deep elements may nest, and how many signs there may be, before HTML is left as it is."""

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "xhtmlOut": True, "maxNesting": 20})
_MARKDOWN.enable(["table", "strikethrough"])


def to_html(text: str) -> str:
    """Return Markdown as plain XHTML: code is `<pre><code class="language-x">`."""
    html: str = _MARKDOWN.render(text)
    return html


@lru_cache(maxsize=4096)
def to_markdown(html: str) -> tuple[str, tuple[str, ...]]:
    """Return HTML as Markdown, and the names of elements that it cannot hold, sorted."""
    if len(html) > LONGEST:
        return markdown([_fence("html", html)]), ("length",)
    soup = BeautifulSoup(html, "html.parser")
    lost = {tag.name for tag in soup.find_all(list(LOST))}
    if _too_deep(soup):
        return markdown([_fence("html", html)]), ("nesting",)
    for tag in soup.find_all(list(UNSEEN | TAKEN_OUT)):
        tag.decompose()
    converter = _Converter(heading_style="atx", bullets="-", escape_misc=True)
    return _trimmed(converter.convert_soup(soup)), tuple(sorted(lost))


def text_of(html: str) -> str:
    """Return what HTML shows as plain text; that of a lone `pre` keeps its lines and spaces."""
    soup = BeautifulSoup(html, "html.parser")
    pre = soup.find("pre")
    if isinstance(pre, Tag) and pre.get_text().strip() == soup.get_text().strip():
        return pre.get_text().strip("\n")
    return " ".join(soup.get_text(" ").split())


def language_of(html: str) -> str:
    """Return the language that code in HTML says it is in, or ""."""
    return _language(BeautifulSoup(html, "html.parser"))


def _language(tag: Tag) -> str:
    code = tag.find("code")
    names = code.get("class") if isinstance(code, Tag) else None
    found = (str(name) for name in names or () if str(name).startswith("language-"))
    return next(found, "").removeprefix("language-")


class _Converter(MarkdownConverter):
    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        code = el.get_text().removeprefix("\n")
        return f"\n\n{markdown([_fence(_language(el), code)])}\n\n"


def _fence(word: str, code: str) -> Fence:
    return Fence(Place("", 1), (word,) if word else (), code)


def _too_deep(soup: BeautifulSoup) -> bool:
    # A tag stands behind its parents, so the first one too deep is found before it costs much.
    return any(len(list(tag.parents)) > DEEPEST for tag in soup.find_all(True))


def _trimmed(text: str) -> str:
    """Return the text without spaces that end a line, which would break it in Markdown."""
    return "\n".join(
        line if line.endswith("  ") else line.rstrip() for line in text.split("\n")
    ).strip()
