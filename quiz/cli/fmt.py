"""`quiz fmt`: packs in their usual form, and ids where they are missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from quiz.cli.files import write_file
from quiz.cli.packs import console as plain
from quiz.core.errors import OperatorError
from quiz.packs.files import find_packs, pack_files, read_text, root_of
from quiz.packs.formatter import formatted
from quiz.packs.identities import PROPOSED
from quiz.packs.loader import load_pack
from quiz.packs.problems import Log, format_text


def fmt(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Packs, and folders with packs in them.")
    ] = None,
    write_ids: Annotated[
        bool, typer.Option("--write-ids", help="Write the ids that topics and questions lack.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit code 1 if something would change.")
    ] = False,
) -> None:
    """Write packs in their usual form; what they mean does not change."""
    asked = paths or [Path("content")]
    packs = find_packs(asked)
    if not packs:
        raise OperatorError(f"There is no pack in {', '.join(map(str, asked))}.")
    log, changed, count = Log(), [], 0
    for pack in packs:
        ids = _missing_ids(pack) if write_ids else {}
        for file in pack_files(pack):
            count += 1
            after = _formatted(file, root_of(pack), ids.get(file.name, {}), log)
            if after is not None:
                changed.append(file)
                if not check:
                    write_file(file, after)
    _tell(log, changed, count, check)
    raise typer.Exit(2 if log.findings else int(check and bool(changed)))


def _missing_ids(pack: Path) -> Mapping[str, Mapping[int, str]]:
    """Return the ids that the checker proposes, by file and line of their headings."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for finding in load_pack(pack).findings:
        proposed = PROPOSED.search(finding.hint) if finding.code == "W101" else None
        if proposed:
            found[finding.place.file][finding.place.line] = proposed[1]
    return found


def _formatted(file: Path, root: Path, ids: Mapping[int, str], log: Log) -> bytes | None:
    """Return the bytes to write, None where nothing changes or the file cannot be read."""
    found = Log()
    text = read_text(file, root, found)
    if text is None:
        log.findings += found.findings
        return None
    before, after = file.read_bytes(), formatted(text, ids)
    # A file whose lines all end as on Windows keeps its line ends.
    ends = b"\r\n" if before.count(b"\n") == before.count(b"\r\n") > 0 else b"\n"
    data = after.encode().replace(b"\n", ends)
    return data if data != before else None


def _tell(log: Log, changed: list[Path], count: int, check: bool) -> None:
    console = plain()
    if log.findings:
        console.print(format_text(log.findings))
    for file in changed:
        console.print(f"{'Would change' if check else 'Changed'} {file}")
    if not changed:
        files = "1 file" if count == 1 else f"{count} files"
        console.print(f"Nothing to change in {files}.")
