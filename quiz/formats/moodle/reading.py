"""Moodle XML as a pack: its categories are topics."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.core.blocks import Place
from quiz.core.errors import OperatorError
from quiz.core.exchange import Imported, Names, Original, plain
from quiz.formats.asked import Around, UnaskedError, question_of
from quiz.formats.categories import (
    UNNAMED,
    Category,
    category_path,
    imported,
    without_list,
)
from quiz.formats.elements import Element, read_xml
from quiz.formats.moodle.answers import TYPES, Source
from quiz.formats.moodle.texts import Texts, format_of
from quiz.formats.settings import Told, told

READ = frozenset(
    {"name", "questiontext", "generalfeedback", "defaultgrade", "idnumber", "hint", "tags"}
    | {"answer", "subquestion", "single", "usecase", "gradingtype", "graderinfo", "shuffleanswers"}
)
SILENT = frozenset(
    {"penalty", "hidden", "answernumbering", "showstandardinstruction", "shownumcorrect"}
    | {"layouttype", "selecttype", "selectcount", "showgrading", "numberingstyle"}
    | {"responseformat", "responserequired", "responsefieldlines", "attachments"}
    | {"attachmentsrequired", "unitgradingtype", "unitpenalty", "showunits", "unitsleft"}
    | {"minwordlimit", "maxwordlimit", "filetypeslist", "maxbytes"}
)
"""Settings that every export has and that say nothing of what is asked."""

MARKED = 'data-markdown="'
MOST_POINTS = 1000


def read(data: bytes, file: str) -> Imported:
    """Return the pack of an export. Raises OperatorError for what is no Moodle XML."""
    root = read_xml(data, file)
    if root.tag != "quiz":
        message = f"{file} is XML of another kind: it starts with <{root.tag}>, not with <quiz>."
        raise OperatorError(f"{message} Export questions as “Moodle XML format”.")
    reader = _Reader(data, file)
    for element in root.all("question"):
        reader.take(element)
    if not reader.categories:
        raise OperatorError(f"{file} holds no question. Export a category with questions in it.")
    return imported(reader.categories, reader.texts.pictures.values(), reader.texts.losses)


class _Reader:
    def __init__(self, data: bytes, file: str) -> None:
        self.lines = data.decode(errors="replace").split("\n")
        self.file, self.texts, self.names = file, Texts(file), Names()
        self.categories: list[Category] = []

    def take(self, element: Element) -> None:
        if element.attributes.get("type") == "category":
            self.categories.append(self._category(element))
            return
        if not self.categories:
            self.categories.append(Category((UNNAMED,), Place(self.file, element.line)))
        self._question(element, self.categories[-1])

    def _category(self, element: Element) -> Category:
        path = category_path(element.said("category", "text"))
        notes, named = without_list(self.texts.markdown(element.first("info")))
        place = Place(self.file, element.line)
        return Category(path, place, element.said("idnumber"), notes, named)

    def _question(self, element: Element, category: Category) -> None:
        kind = element.attributes.get("type", "")
        text, name = element.said("questiontext", "text"), element.said("name", "text")
        id = self.names.take(element.said("idnumber"), name, f"{kind} {text}")
        title = self._title(element, name) or kind
        category.originals.append(self._original(element, id, title))
        said = self._told(element, category)
        try:
            asked = TYPES[kind](self._source(element, said)) if kind in TYPES else None
            if asked is None:
                raise UnaskedError(f"Moodle's type {kind or 'without a name'}")
        except UnaskedError as reason:
            self.texts.lose(element, "question", f"kept as prose: {reason}")
            return
        around = self._around(element, id, title, said)
        category.questions.append(question_of(asked, around, self._beliefs()))
        for child in _unread(element):
            self.texts.lose(child, child.tag, (child.said("text") or child.text.strip())[:60])

    def _title(self, element: Element, name: str) -> str:
        """Return the name as Markdown, which it is where the question's text is."""
        stem = element.first("questiontext")
        ours = MARKED in element.said("questiontext", "text")
        known = ours or (stem is not None and format_of(stem) == "markdown")
        return " ".join(name.split()) if known else plain(name)

    def _source(self, element: Element, said: Told) -> Source:
        stem = element.first("questiontext")
        embedded = element.attributes["type"] in ("cloze", "multianswer")
        return Source(
            element=element,
            texts=self.texts,
            beliefs=self._beliefs(),
            told=said,
            stem="" if embedded else self.texts.markdown(stem),
            format=format_of(stem) if stem else "html",
        )

    def _around(self, element: Element, id: str, title: str, said: Told) -> Around:
        hints = (self.texts.markdown(hint) for hint in element.all("hint"))
        return Around(
            id=id,
            title=title,
            place=Place(self.file, element.line),
            told=said,
            feedback=self.texts.markdown(element.first("generalfeedback")),
            hints=tuple(hint for hint in hints if hint),
            points=_points(element.said("defaultgrade")),
            shuffle=element.said("shuffleanswers").lower() not in ("false", "0"),
        )

    def _told(self, element: Element, category: Category) -> Told:
        tags = (tag.said("text") for holder in element.all("tags") for tag in holder.all("tag"))
        return told((tag for tag in tags if tag), {name for name, _, _ in category.named})

    def _beliefs(self) -> dict[str, str]:
        return {name: said for name, said, _ in self.categories[0].named}

    def _original(self, element: Element, id: str, title: str) -> Original:
        text = "\n".join(self.lines[element.line - 1 : element.end])
        return Original(id, Place(self.file, element.line), title, "xml", text)


def _unread(element: Element) -> Iterator[Element]:
    """Yield the children that say something and are not read."""
    for child in element.children:
        if child.tag not in READ | SILENT and (child.said("text") or child.text.strip()):
            yield child


def _points(text: str) -> float:
    try:
        points = float(text)
    except ValueError:
        return 1.0
    return points if 0 < points <= MOST_POINTS else 1.0
