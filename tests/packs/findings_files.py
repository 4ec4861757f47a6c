"""Packs written as Markdown, with the findings they must give: see `findings/`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

FOLDER = Path(__file__).parent / "findings"
ENCODINGS = {"latin-1": "latin-1", "bom": "utf-8-sig"}


@dataclass(frozen=True)
class Case:
    """One file of `findings/`: the files of a pack, and what is expected of it."""

    name: str
    files: dict[str, bytes]
    expected: list[str]
    strict: bool
    run: bool
    """Whether the evidence is run, too."""

    @property
    def code(self) -> str:
        return self.name.partition("-")[0]

    def write(self, folder: Path) -> Path:
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        return folder


def cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.md")):
        fences = [t for t in MarkdownIt().parse(path.read_text()) if t.type == "fence"]
        *files, findings = ((fence.info.split(), fence.content) for fence in fences)
        assert findings[0][0] == "findings", path
        yield Case(
            name=path.stem,
            files={words[0]: _data(text, words[1:]) for words, text in files},
            expected=findings[1].splitlines(),
            strict="strict" in findings[0],
            run="run" in findings[0],
        )


def _data(text: str, words: list[str]) -> bytes:
    """Return the bytes of a file; `times=60` writes its text so often, with `{n}` counted."""
    options = dict(word.split("=") for word in words if "=" in word)
    times = int(options.get("times", 0))
    text = "".join(text.replace("{n}", str(n + 1)) for n in range(times)) if times else text
    encoding = next((ENCODINGS[word] for word in words if word in ENCODINGS), "utf-8")
    return text.encode(encoding)


CASES = list(cases())
