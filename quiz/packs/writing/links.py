"""Links that lead to files a pack does not bring: their text stays, the link goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from quiz.core.packs import Finding

CODES = frozenset({"E401", "E402", "E403", "E411"})
"""What the checker says of a link or picture that leads nowhere."""

LINK = re.compile(
    r"""!?\[(?P<text>(?:[^\[\]\\`]|\\.|`[^`]*`|\[[^\]]*\])*)\]
    \((?:<[^>]*>|[^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)""",
    re.VERBOSE,
)


def unlinked(
    files: Mapping[str, bytes], findings: Iterable[Finding]
) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the files without the links that the findings speak of, and those of them mended."""
    result, mended = dict(files), []
    # The last one of a line first, so that the columns of the others stay true.
    for finding in sorted(findings, reverse=True):
        place = finding.place
        if finding.code not in CODES or place.file not in result:
            continue
        lines = result[place.file].decode().split("\n")
        line = lines[place.line - 1]
        found = LINK.match(line, place.col - 1)
        if found:
            text = found["text"] or "(picture)"
            lines[place.line - 1] = line[: found.start()] + text + line[found.end() :]
            result[place.file] = "\n".join(lines).encode()
            mended.append(finding)
    return result, mended
