"""Markdown to HTML, at the edge: nothing raw passes, links and pictures only where they may lead.

Every `str` returned here is HTML that is safe to put into a page as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

SCHEMES = frozenset({"http", "https", "mailto"})
TOP_HEADING = 3
"""The level that the highest heading of a text gets: a page has its own above."""


@lru_cache(maxsize=4096)
def render(markdown: str, image_base: str = "") -> str:
    """Return block Markdown as HTML.

    `image_base` is the address, ending in a slash, of the pack's folder; without it a picture is
    shown as its alt text.
    """
    html: str = _MARKDOWN.render(markdown, {"image_base": image_base})
    return html


@lru_cache(maxsize=8192)
def render_inline(markdown: str, image_base: str = "") -> str:
    """Return inline Markdown as HTML, without a paragraph around it."""
    html: str = _MARKDOWN.renderInline(markdown, {"image_base": image_base})
    return html


@lru_cache(maxsize=4096)
def render_code(code: str, language: str = "") -> str:
    """Return code as a region that can be scrolled by keys and says what it is."""
    lines = _highlighted(code, language)
    count = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
    lexer = _lexer(language)
    label = ", ".join(["Code", count, *([lexer.name] if lexer else [])])
    body = "".join(f'<span class="line">{line}\n</span>' for line in lines)
    return (
        f'<div class="code" role="region" tabindex="0" aria-label="{escape(label)}">'
        f"<pre><code>{body}</code></pre></div>\n"
    )


def highlight_lines(code: str, language: str) -> list[str]:
    """Return one piece of HTML a line: Pygments classes, or plain text in an unknown language."""
    return list(_highlighted(code, language))


@lru_cache(maxsize=4096)
def _highlighted(code: str, language: str) -> tuple[str, ...]:
    text = code.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    plain = tuple(escape(line) for line in text.split("\n"))
    lexer = _lexer(language)
    if lexer is None:
        return plain
    lines = tuple(highlight(text, lexer, _FORMATTER).removesuffix("\n").split("\n"))
    # A lexer may drop or add a line: then colours matter less than the right lines.
    return lines if len(lines) == len(plain) else plain


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    if not language or language == "text":
        return None
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name is markdown-it's
        return _scheme(url) in SCHEMES | {""}


class _Renderer(RendererHTML):
    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        language = tokens[idx].info.split()
        return render_code(tokens[idx].content, language[0] if language else "")

    code_block = fence

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        alt = escape(self.renderInlineAsText(token.children, options, env))
        path, base = str(token.attrs.get("src", "")), env.get("image_base", "")
        if not base or not _inside(path):
            return alt
        said = str(token.attrs.get("title", ""))
        title = f' title="{escape(said)}"' if said else ""
        return f'<img src="{escape(base + path)}" alt="{alt}"{title} loading="lazy">'


def _scheme(url: str) -> str:
    try:
        return urlsplit(url.strip()).scheme.lower()
    except ValueError:
        return "unreadable"


def _inside(path: str) -> bool:
    """Return whether a path stays below the folder it is relative to, however it is decoded."""
    steps = path.replace("\\", "/").lower().replace("%2e", ".").replace("%2f", "/").split("/")
    return (
        bool(path)
        and ":" not in path
        and "%5c" not in path.lower()
        and not ({"", ".."} & set(steps))
    )


def _mend(state: StateCore) -> None:
    """Take away what a page must not hold, and add what it needs."""
    levels = [int(token.tag[1]) for token in state.tokens if token.type == "heading_open"]
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) - min(levels) + TOP_HEADING)}"
        elif token.type in ("th_open", "td_open"):
            align = str(token.attrs.pop("style", "")).removeprefix("text-align:")
            if align:
                token.attrSet("class", f"align-{align}")
        _mend_links(token.children or ())


def _mend_links(tokens: Sequence[Token]) -> None:
    shown = True
    for token in tokens:
        if token.type == "link_open":
            shown = _scheme(str(token.attrs.get("href", ""))) in SCHEMES
            token.attrSet("rel", "noopener noreferrer")
        if token.type in ("link_open", "link_close"):
            # A link cannot hold another one, so one flag is enough.
            token.hidden = not shown


_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)
_MARKDOWN = _Markdown(
    "commonmark", {"html": False, "maxNesting": 20}, renderer_cls=_Renderer
).enable(["table", "strikethrough"])
_MARKDOWN.disable(["html_block", "html_inline"])
_MARKDOWN.core.ruler.push("mend", _mend)
