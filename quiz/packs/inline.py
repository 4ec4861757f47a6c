"""Inline Markdown read with the place of each link, and written back without soft breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    escape,
    html_inline,
    image,
    link,
    newline,
)
from markdown_it.token import Token
from markdown_it.utils import EnvType

from quiz.core.blocks import Inline, Link, Place
from quiz.core.kinds import Report

Rule = Callable[[StateInline, bool], bool]
Locate = Callable[[int], Place]
"""Takes an offset in the inline text."""

MAX_NESTING = 20


def _positioned(rule: Rule) -> Rule:
    """Return the rule, leaving in each token where its text starts, ends and its label ends."""

    def positioned(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[before:]:
                token.meta.setdefault("at", start)
                token.meta.setdefault("end", state.pos)
                if token.type in ("link_open", "image") and "label" not in token.meta:
                    label = start + (token.type == "image")
                    token.meta["label"] = state.md.helpers.parseLinkLabel(state, label)
        return True

    return positioned


def make_parser() -> MarkdownIt:
    """Return the parser that reader and inline text share."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    # Blocks first: their sizes are looked at before inline text costs time.
    parser.core.ruler.enableOnly(["normalize", "block"])
    rules: dict[str, Rule] = {
        "newline": newline,
        "escape": escape,
        "link": link,
        "image": image,
        "autolink": autolink,
        "html_inline": html_inline,
    }
    for name, rule in rules.items():
        parser.inline.ruler.at(name, _positioned(rule))
    return parser


PARSER = make_parser()


def read_inline(content: str, env: EnvType, locate: Locate, report: Report) -> Inline:
    """Return the inline text of one block; raw HTML in it is reported (E114, E106)."""
    tokens: list[Token] = []
    PARSER.inline.parse(content, PARSER, env, tokens)
    raw = [token for token in tokens if token.type == "html_inline"]
    # The end of what was reported where it opens would be a follow-up.
    for token in [token for token in raw if not token.content.startswith("</")] or raw:
        _report_html(token, locate, report)
    return Inline(
        source=_source(content, tokens),
        plain=_plain(tokens),
        codes=tuple(token.content for token in tokens if token.type == "code_inline"),
        links=tuple(_links(tokens, locate)),
    )


def _report_html(token: Token, locate: Locate, report: Report) -> None:
    place = locate(token.meta["at"])
    if token.content.startswith("<!--"):
        report(place, "E106", "a comment inside text", "Remove it, or put it under its heading.")
    else:
        hint = f"Use Markdown, or write it as code: `{token.content[:40]}`."
        report(place, "E114", f"raw HTML: {token.content[:40]}", hint)


def _plain(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(_plain(token.children or ()))
        elif token.type != "html_inline":
            parts.append(token.content)
    return "".join(parts)


def _links(tokens: Sequence[Token], locate: Locate) -> list[Link]:
    links: list[Link] = []
    opened = 0
    for index, token in enumerate(tokens):
        if token.type == "link_open":
            opened = index
        elif token.type == "link_close":
            start = tokens[opened]
            text = _plain(tokens[opened + 1 : index])
            target = str(start.attrs.get("href", ""))
            links.append(Link(target, text, False, locate(start.meta["at"])))
        elif token.type == "image":
            target = str(token.attrs.get("src", ""))
            links.append(Link(target, _plain([token]), True, locate(token.meta["at"])))
    return links


def _source(content: str, tokens: Sequence[Token]) -> str:
    """Return the Markdown on one line, but for hard breaks, with links that need no definition."""
    parts: list[str] = []
    at = 0
    for start, end, text in sorted(_edits(content, tokens)):
        if start >= at:
            parts += [_one_line(content[at:start]), text]
            at = end
    return "".join([*parts, _one_line(content[at:])])


def _edits(content: str, tokens: Sequence[Token]) -> list[tuple[int, int, str]]:
    edits: list[tuple[int, int, str]] = []
    for token in tokens:
        start, end = token.meta.get("at", 0), token.meta.get("end", 0)
        if token.type == "softbreak":
            edits.append((len(content[:start].rstrip(" ")), end, " "))
        elif token.type == "hardbreak":
            edits.append((len(content[:start].rstrip(" ")), end, "\\\n"))
        elif token.meta.get("label", -1) >= 0 and content[end - 1] == "]":
            target = token.attrs.get("href", token.attrs.get("src", ""))
            title = str(token.attrs.get("title", "")).replace("\\", "\\\\").replace('"', '\\"')
            edits.append(
                (token.meta["label"], end, f"](<{target}>" + (f' "{title}")' if title else ")"))
            )
    return edits


def _one_line(text: str) -> str:
    return re.sub(r"[ \t]*\n[ \t]*", " ", text)
