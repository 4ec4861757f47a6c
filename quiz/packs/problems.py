"""What can be wrong with a pack: the table of codes, and findings as text for people and machines.

The table is what the author's guide lists. Codes keep their number for ever.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from quiz.core.blocks import Place
from quiz.core.kinds import JSON
from quiz.core.packs import Finding

CODES = {
    "E001": "The file cannot be read, is not UTF-8, or holds a NUL character.",
    "W001": "The file starts with a byte order mark.",
    "E002": "The front matter is not closed, not valid, or in a file that has none.",
    "E003": "The front matter has an unknown key.",
    "E004": "`format`, `id` or `title` is missing, or the format is not one we read.",
    "E005": "The pack's id is not valid, or another pack has it.",
    "E101": "A topic or question has no id (when publishing, and with `--strict`).",
    "W101": "A topic or question has no id: it cannot be published.",
    "E102": "An id is not 2 to 63 of a-z, 0-9 and `-`.",
    "E103": "An id is used twice.",
    "E104": "The metadata comment has an unknown key.",
    "E105": "A value of the metadata or of `defaults` is not allowed.",
    "E106": "A comment does not stand directly under the heading it belongs to.",
    "E107": "A `###` part is unknown, or stands where it has no meaning.",
    "E108": "A heading of this level is not allowed here, or it has no text.",
    "E109": "A question has no answer.",
    "E110": "A question has two answer blocks.",
    "E111": "The stated kind and the one found differ.",
    "E112": "Text stands where it would never be shown, such as after the answer block.",
    "W112": "A link is defined that no text uses.",
    "E113": "An answer, number or output stands in the visible part.",
    "E114": "Raw HTML.",
    "E115": "A fence or comment is never closed.",
    "E116": "A fence has an unknown word, role or flag, or a value that means nothing.",
    "E117": "An objective or misconception is not declared.",
    "E118": "The list of objectives or misconceptions is malformed.",
    "W118": "An objective has no question.",
    "E119": "The id of an objective or misconception is used twice.",
    "W119": "No wrong answer names this misconception.",
    "E120": "A misconception stands beside something right.",
    "E121": "A file or block is too large, or nested too deeply.",
    "W122": "No question uses this section of prose.",
    "E201": "A tick box, or the mark of a line, is malformed.",
    "E202": "Nothing is ticked.",
    "E203": "Several options are ticked in a single choice.",
    "E204": "Two options are the same.",
    "E205": "There are fewer than 2 options.",
    "E206": "There are more than 26 options.",
    "E207": "The list of options is broken in two.",
    "E208": "Options stand in a numbered or nested list.",
    "E209": "An option is empty.",
    "E210": "An option has no tick box.",
    "W211": "“All” or “none of the above” while options are shuffled.",
    "W212": "Who knows nothing can guess the pack (with `--strict` only).",
    "W213": "Every option is right.",
    "W214": "A question says “not” without emphasis.",
    "W215": "An option has no rationale (with `--strict` only).",
    "W216": "A question has no explanation (with `--strict` only).",
    "W217": "A question names no objective (with `--strict` only).",
    "E301": "The answer fence is empty.",
    "E302": "The match mode is unknown.",
    "E303": "Two accepted answers are compared as the same.",
    "E304": "`### Feedback` for an accepted answer.",
    "E311": "Not a number.",
    "E312": "A number that is not whole needs a tolerance.",
    "E313": "The tolerance is negative.",
    "E314": "The range is reversed.",
    "E321": "Blanks and answers differ in number.",
    "E322": "There is no blank.",
    "E323": "The answer to a blank has no code span.",
    "W324": "The answer to a blank is visible elsewhere.",
    "E331": "There are fewer than two blocks to order.",
    "W332": "Two blocks to order are identical.",
    "E333": "A `free` range is not valid.",
    "E334": "A tab where indentation is graded.",
    "E335": "A distractor is a line of the solution.",
    "W336": "Another order passes, too, or a distractor does.",
    "E341": "The table to match has not two columns.",
    "E342": "There are fewer than two pairs.",
    "E343": "A left side stands twice.",
    "E344": "A right side stands twice.",
    "E345": "There is no table to match.",
    "E351": "No line is marked.",
    "E353": "Every line is marked.",
    "E361": "An output without a program.",
    "E371": "A `###` part is empty.",
    "E401": "The file that a link leads to is missing.",
    "E402": "The section that a link leads to is missing.",
    "E403": "A link leaves the pack.",
    "W404": "A question has no source, or one without a link that can be followed.",
    "E411": "A picture is missing, outside the pack, or of a type or size that is not shown.",
    "W412": "A picture has no alt text.",
    "E501": "Evidence: the program failed, or ended its interpreter.",
    "E502": "Evidence: the output differs.",
    "E503": "Evidence: the program did not stop.",
    "E504": "Evidence: the declared and the real answer differ.",
    "E505": "Evidence: an option is no code, so it cannot be the output.",
    "E506": "Evidence: nothing here can run this language or prove this kind.",
    "E507": "Evidence: it was not run, as what it needs is missing.",
    "E508": "Evidence: two runs differ.",
    "E509": "Evidence: a `check`, `test` or other fence is missing or cannot be used.",
    "W510": "A question has no evidence (with `--strict` only).",
    "E511": "Evidence: the fix changes lines that are not marked.",
    "E512": "Evidence: the test passes before the fix.",
    "E513": "Evidence: the program printed too much.",
    "E601": "A question is gone since the pack was locked.",
    "E602": "A question’s `v` is lower than it was when the pack was locked.",
    "W602": "What a question asks changed since the pack was locked, but its `v` did not.",
    "E603": "An id is used again that was retired.",
    "E604": "`was` names an id that the pack still has, or the former id of another one.",
    "S101": "More or fewer options than 3 or 4 (5 in `multiple`).",
    "S102": "One option is much longer than the others.",
    "S103": "The question asks for what is not so.",
    "S104": "Words such as “always” in wrong options only, or “usually” in right ones only.",
    "S105": "Only the right option repeats a word of the question.",
    "S106": "Code of more than 15 lines or 72 columns.",
    "S107": "The question has more than 60 words.",
    "S108": "An option has more than 15 words or 2 lines of code.",
    "S109": "A rationale has fewer than 6 words or more than 60.",
    "S110": "An option contains another one.",
    "S111": "An option points at others, as in “both of these”.",
    "S112": "Only some of the options end with a full stop.",
    "S113": "The question ends in the middle of a sentence.",
}


class Log:
    """Collects findings; calling it reports one."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def __call__(self, place: Place, code: str, message: str, hint: str = "") -> None:
        self.findings.append(Finding(place, code, message, hint))

    def has(self, *codes: str) -> bool:
        """Return whether one of the codes was reported."""
        return any(finding.code in codes for finding in self.findings)

    def drop(self, *codes: str) -> None:
        """Forget findings that only follow from another one."""
        self.findings = [finding for finding in self.findings if finding.code not in codes]


def with_severity(findings: Iterable[Finding], strict: bool) -> list[tuple[Finding, str]]:
    """Return each finding with `error` or `warning`; strictness makes every warning an error."""
    return [(finding, "error" if strict else finding.severity) for finding in findings]


def format_text(findings: Sequence[Finding]) -> str:
    """Return two lines a finding, for people and editors."""
    lines: list[str] = []
    for finding in findings:
        place = finding.place
        where = f"{flat(place.file)}:{place.line}:{place.col}"
        lines.append(f"{where}: {finding.code} {flat(finding.message)}")
        if finding.hint:
            lines.append(f"hint: {flat(finding.hint)}")
    return "\n".join(lines)


def format_json(findings: Sequence[Finding], strict: bool) -> str:
    """Return a JSON list of `{file, line, col, code, severity, message, hint}`."""
    return json.dumps(findings_as_json(findings, strict), indent=2)


def findings_as_json(findings: Sequence[Finding], strict: bool) -> JSON:
    """Return the findings as rows that `format_json` writes."""
    return [
        {
            "file": finding.place.file,
            "line": finding.place.line,
            "col": finding.place.col,
            "code": finding.code,
            "severity": severity,
            "message": finding.message,
            "hint": finding.hint,
        }
        for finding, severity in with_severity(findings, strict)
    ]


def format_github(findings: Sequence[Finding], strict: bool) -> str:
    """Return one workflow command of GitHub Actions a finding."""
    lines: list[str] = []
    for finding, severity in with_severity(findings, strict):
        place = finding.place
        file = _escape(place.file).replace(":", "%3A").replace(",", "%2C")
        where = f"file={file},line={place.line},col={place.col},title={finding.code}"
        text = "\n".join(part for part in (finding.message, finding.hint) if part)
        lines.append(f"::{severity} {where}::{_escape(text)}")
    return "\n".join(lines)


def flat(text: str) -> str:
    """Return the text on one line; what could steer a terminal is shown as an escape."""
    line = " ".join(text.split())
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line)


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
