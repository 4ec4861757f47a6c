"""Embedded answers: `{1:SHORTANSWER_C:=right~%0%wrong#why}` in the text of a question."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from quiz.core.blanks import MARK, pieces
from quiz.core.kinds import JSON, Remark
from quiz.core.typed import normal
from quiz.formats.asked import remark_text
from quiz.formats.html import to_html, to_markdown

SHORT = {"SHORTANSWER", "SA", "MW"}
SHORT_CASED = {"SHORTANSWER_C", "SAC", "MWC"}
NUMBER = {"NUMERICAL", "NM"}
EMBEDDED = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^}\\])*)\}", re.DOTALL)
PART = re.compile(r"(?:^|(?<=~))((?:\\.|[^~\\])*)(?=~|$)", re.DOTALL)
WORTH = re.compile(r"(=|%(-?\d+(?:\.\d*)?)%)?")
FEEDBACK = re.compile(r"(?<!\\)((?:\\\\)*)#")
OURS = re.compile(
    r'(?:<div data-markdown="([^"]*)">\n(.*?)</div>\n)?'
    r'<pre><code(?: class="language-([^"]*)")?>(.*)</code></pre>',
    re.DOTALL,
)
FENCED = re.compile(r"(?:(.*?)\n\n)?(`{3,})([^\n`]*)\n(.*)\n\2", re.DOTALL)
HOLE = "BLANK{}BLANK"
BEFORE = re.compile(r"(?<=\w)(?=BLANK\d+BLANK)")
AFTER = re.compile(r"(BLANK\d+BLANK)(?=\w)")
HELD = re.compile(r"BLANK\d+BLANK")


@dataclass(slots=True)
class Read:
    """Code with blanks as read; `lost` tells what cannot be kept, `odd` what cannot be asked."""

    stem: str = ""
    language: str = "text"
    code: str = ""
    accepted: list[list[str]] = field(default_factory=list)
    remarks: dict[str, str] = field(default_factory=dict)
    lost: list[tuple[str, str]] = field(default_factory=list)
    odd: str = ""


def written(stem: str, payload: JSON, remarks: Mapping[str, Remark]) -> str:
    """Return HTML with embedded answers, the stem's Markdown kept beside what it shows."""
    number = 0
    lines: list[str] = []
    for line in pieces(payload["code"]):
        text = html.escape(line[0], quote=False)
        for piece in line[1:]:
            number += 1
            text += _embedded(number, payload["accepted"][number - 1], remarks)
            text += html.escape(piece, quote=False)
        lines.append(text)
    said = html.escape(stem).replace("\n", "&#10;")
    shown = f'<div data-markdown="{said}">\n{to_html(stem)}</div>\n' if stem else ""
    code = "\n".join(lines)
    return f'{shown}<pre><code class="language-{payload["language"]}">{code}\n</code></pre>'


def read_cloze(text: str) -> Read:
    """Return what a text with embedded answers asks."""
    read = Read()
    held = EMBEDDED.sub(lambda found: _take(read, found), text.strip())
    if not read.accepted:
        read.odd = read.odd or "there is no blank"
        return read
    ours = OURS.fullmatch(held)
    said = html.unescape(ours[1] or "") if ours else ""
    if ours and (not ours[1] or to_html(said) == ours[2]):
        read.stem, read.language = said, ours[3] or "text"
        code = html.unescape(ours[4])
    else:
        code = _foreign(read, held)
    # A blank that touches a word would be no blank to us.
    read.code = HELD.sub(MARK, AFTER.sub(r"\1 ", BEFORE.sub(" ", code))).strip("\n")
    return read


def _embedded(number: int, accepted: list[str], remarks: Mapping[str, Remark]) -> str:
    parts = [f"={_escape(fill, wild=True)}" for fill in accepted]
    for key, said in remarks.items():
        at, _, value = key.partition("=")
        if at == str(number):
            parts.append(f"%0%{_escape(value, wild=True)}#{_escape(remark_text(said))}")
    return html.escape("{1:SHORTANSWER_C:" + "~".join(parts) + "}", quote=False)


def _take(read: Read, found: re.Match[str]) -> str:
    """Take one embedded answer; return what stands in its place."""
    kind, number = found[2], len(read.accepted) + 1
    if found[1] not in ("", "1"):
        read.lost.append(("weight", f"of a blank, {found[1]}"))
    if kind in SHORT:
        read.lost.append(("case", "capitals count in a blank"))
    elif kind not in SHORT_CASED | NUMBER:
        # A choice is not typed: whoever does not see the options cannot know the wording.
        read.odd = f"an embedded answer of the type {kind}"
    right: dict[str, str] = {}
    for part in PART.findall(html.unescape(found[3])):
        worth, value, why = _part(part)
        value = _number(read, value) if kind in NUMBER else value
        if worth >= 100:
            right.setdefault(normal(value, "code"), value)
        else:
            _take_wrong(read, number, value, why)
    read.accepted.append(list(right.values()))
    if not right:
        read.odd = "a blank without a right answer"
    return HOLE.format(number)


def _take_wrong(read: Read, number: int, value: str, why: str) -> None:
    if value == "*" and why:
        read.lost.append(("feedback", "for any other answer"))
    elif why:
        read.remarks[f"{number}={normal(value, 'code')}"] = why


def _part(part: str) -> tuple[float, str, str]:
    """Return the percentage, the value and the feedback of one answer."""
    sign = WORTH.match(part)
    rest = part[sign.end() :] if sign else part
    worth = 100.0 if sign and sign[1] == "=" else float(sign[2] or 0) if sign and sign[1] else 0.0
    value, *why = FEEDBACK.split(rest, maxsplit=1)
    if why:
        value += why[0]
    wild = re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL)
    return worth, wild.replace("\\*", "*"), re.sub(r"\\(.)", r"\1", why[1]) if why else ""


def _number(read: Read, value: str) -> str:
    number, colon, tolerance = value.partition(":")
    if colon and tolerance.strip(" 0."):
        read.lost.append(("tolerance", f"of a blank, {tolerance}"))
    return number.strip()


def _foreign(read: Read, held: str) -> str:
    """Return the code of a text that is not ours: its only fence, else all of it as text."""
    text, lost = to_markdown(held)
    read.lost += [("markup", f"<{name}>") for name in lost]
    found = FENCED.fullmatch(text)
    if found and "BLANK" not in (found[1] or ""):
        read.stem, read.language = found[1] or "", found[3].strip() or "text"
        return found[4]
    read.lost.append(("markup", "a text with blanks becomes plain text"))
    read.stem, read.language = "Fill in the blanks.", "text"
    return re.sub(r"\\([^\w\s])", r"\1", text)


def _escape(text: str, *, wild: bool = False) -> str:
    text = text.replace("*", "\\*") if wild else text
    return re.sub(r'([\\}#~/"])', r"\\\1", text)
