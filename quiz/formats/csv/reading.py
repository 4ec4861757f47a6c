"""Rows of a table as questions; what a row leaves out has the meaning that authors know."""

from __future__ import annotations

from dataclasses import replace

from quiz.core.blocks import Place
from quiz.core.exchange import Imported, Loss, Names, Original, decoded, slug
from quiz.core.packs import Pack, Topic
from quiz.core.questions import Question
from quiz.formats.csv.bodies import Answered, answered
from quiz.formats.csv.sheet import Row, known, rows_of
from quiz.formats.making import headed, made

YES, NO = frozenset({"", "yes", "true", "1"}), frozenset({"no", "false", "0"})
SCORES = ("exact", "partial", "void")


def read(data: bytes, file: str) -> Imported:
    """Return a topic for each that the rows name. Raises OperatorError for what is no table."""
    names, rows = rows_of(decoded(data, file), file)
    reader = _Reader(file)
    for name in names:
        if not known(name) and any(row.text(name).strip() for row in rows):
            reader.losses.append(Loss(Place(file, 1), "column", name or "without a name"))
    for row in rows:
        reader.row(row)
    topics = (
        replace(topic, questions=tuple(reader.questions[title]))
        for title, topic in reader.topics.items()
    )
    pack = Pack("", "", topics=tuple(topics))
    return Imported(pack, tuple(reader.losses), tuple(reader.originals))


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.names, self.topic_names = Names(), Names()
        self.topics: dict[str, Topic] = {}
        self.numbers: dict[str, int] = {}
        self.questions: dict[str, list[Question]] = {}
        self.losses: list[Loss] = []
        self.originals: list[Original] = []

    def row(self, row: Row) -> None:
        place = Place(self.file, row.line)
        text = row.text("question").strip("\n")
        title = " ".join(row.text("title").split()) or headed(text)[0]
        id = self.names.take(row.text("id"), title, row.source)
        topic = self.topic(row)
        self.originals.append(Original(id, place, title, "csv", row.source, self.numbers[topic]))
        self.losses += (Loss(place, "cell", cell) for cell in row.beyond if cell.strip())
        found = answered(row) if text.strip() else "the cell `question` is empty"
        if isinstance(found, Answered):
            asked = self.question(row, found, id, place, title)
            if not isinstance(asked, str):
                self.questions[topic].append(asked)
                return
            found = asked
        self.losses.append(Loss(place, "question", f"kept as prose: {found}"))

    def topic(self, row: Row) -> str:
        """Return the title of the row's topic, which is made where it is named first."""
        title = " ".join(row.text("topic").split()) or "Questions"
        if title not in self.topics:
            id = self.topic_names.take(row.text("topic id").strip() or slug(title), "", "")
            self.numbers[title] = len(self.topics)
            self.topics[title] = Topic(id, title, Place(self.file, row.line))
            self.questions[title] = []
        return title

    def question(
        self, row: Row, found: Answered, id: str, place: Place, title: str
    ) -> Question | str:
        """Return the question, or why its settings cannot be read."""
        shuffle, score = row.text("shuffle").strip().lower(), row.text("score").strip().lower()
        points, version = row.text("points").strip() or "1", row.text("v").strip() or "1"
        if shuffle not in YES | NO:
            return f"`shuffle` is '{shuffle}'; write yes or no"
        if score and score not in SCORES:
            return f"`score` is '{score}'; write one of {', '.join(SCORES)}"
        try:
            weight, v = float(points.replace(",", ".")), int(version)
        except ValueError:
            return f"`points` '{points}' or `v` '{version}' is no number"
        question = made(
            found.kind,
            found.payload,
            row.text("question").strip("\n"),
            id=id,
            place=place,
            title=title,
            remarks=found.remarks,
            hints=tuple(row.numbered("hint").values()),
            explanation=row.text("explanation"),
            shared=row.text("shared"),
            shuffle=shuffle in YES,
        )
        return replace(
            question,
            wording=replace(question.wording, score=score or "exact"),
            commentary=replace(question.commentary, source=row.text("source")),
            level=row.text("level").strip().lower(),
            tags=tuple(tag.strip() for tag in row.text("tags").split(",") if tag.strip()),
            points=weight,
            v=v,
            was=row.text("was").strip(),
        )
