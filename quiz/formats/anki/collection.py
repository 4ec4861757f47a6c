"""The database inside an Anki package, in the form that every version of it reads (11).

Ids are made of what they name, so that they are the same at every writing.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from quiz.core.kinds import JSON

FIRST, SPAN = 1_500_000_000_000, 200_000_000_000
"""Ids are milliseconds of some day, and ours of one between 2017 and 2023."""

FIELDS = ("Question", "Answer", "More", "Hint", "Id")
PARTS = "\x1f"
"""The sign between the fields of a note."""

FRONT = "{{Question}}\n{{#Hint}}<div>{{hint:Hint}}</div>{{/Hint}}"
BACK = "{{FrontSide}}\n<hr id=answer>\n{{Answer}}\n<div class=more>{{More}}</div>"
CSS = """\
.card { font-family: sans-serif; font-size: 18px; line-height: 1.5; max-width: 40em; margin: auto; }
pre { overflow-x: auto; text-align: left; }
table { border-collapse: collapse; }
td, th { border: 1px solid; padding: 0.2em 0.6em; }
.more { border-top: 1px dashed; margin-top: 1em; }
"""

TABLES = """\
create table col (id integer primary key, crt integer not null, mod integer not null,
  scm integer not null, ver integer not null, dty integer not null, usn integer not null,
  ls integer not null, conf text not null, models text not null, decks text not null,
  dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null,
  mod integer not null, usn integer not null, tags text not null, flds text not null,
  sfld integer not null, csum integer not null, flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null,
  ord integer not null, mod integer not null, usn integer not null, type integer not null,
  queue integer not null, due integer not null, ivl integer not null, factor integer not null,
  reps integer not null, lapses integer not null, left integer not null, odue integer not null,
  odid integer not null, flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null,
  ease integer not null, ivl integer not null, lastIvl integer not null,
  factor integer not null, time integer not null, type integer not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
"""

OPTIONS = {
    **{"id": 1, "name": "Default", "mod": 0, "usn": 0},
    **{"maxTaken": 60, "autoplay": True, "timer": 0, "replayq": True, "dyn": False},
    "new": {
        **{"bury": False, "order": 1, "perDay": 20},
        **{"delays": [1, 10], "ints": [1, 4, 0], "initialFactor": 2500},
    },
    "rev": {
        **{"bury": False, "perDay": 200, "hardFactor": 1.2},
        **{"ease4": 1.3, "ivlFct": 1, "maxIvl": 36500},
    },
    "lapse": {"delays": [10], "mult": 0, "minInt": 1, "leechFails": 8, "leechAction": 1},
}
"""The options of a new collection's decks: learners keep their own."""

INSERT_COL = "insert into col values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_NOTE = "insert into notes values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_CARD = "insert into cards values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Note:
    """A note with one card: its lasting key, its deck, its fields in HTML and its tags."""

    key: str
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]


def collection(notes: Sequence[Note], seconds: int) -> bytes:
    """Return the file of a database with these notes, changed at that time."""
    ids = _ids(note.key for note in notes)
    decks = _ids(note.deck for note in notes)
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(TABLES)
        database.execute(INSERT_COL, _col(decks, seconds))
        for due, note in enumerate(notes, 1):
            database.execute(INSERT_NOTE, _note(note, ids[note.key], seconds))
            card = (ids[note.key], ids[note.key], decks[note.deck], 0, seconds, -1, 0, 0, due)
            database.execute(INSERT_CARD, (*card, *[0] * 8, ""))
        database.commit()
        return database.serialize()


def _ids(names: Iterable[str]) -> dict[str, int]:
    """Return a number for each name, none twice."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for name in names:
        if name not in found:
            number = FIRST + int(hashlib.sha256(name.encode()).hexdigest(), 16) % SPAN
            while number in taken:
                number += 1
            taken.add(number)
            found[name] = number
    return found


MODEL = _ids(["Self-quiz question, 1"]).popitem()[1]
"""The id of the kind of note: its number is raised when its fields change."""


def _note(note: Note, id: int, seconds: int) -> tuple[object, ...]:
    first = note.fields[0]
    checksum = int(hashlib.sha1(first.encode(), usedforsecurity=False).hexdigest()[:8], 16)
    tags = f" {' '.join(note.tags)} " if note.tags else ""
    fields = PARTS.join(field.replace(PARTS, " ") for field in note.fields)
    return (id, note.key, MODEL, seconds, -1, tags, fields, first, checksum, 0, "")


def _col(decks: Mapping[str, int], seconds: int) -> tuple[object, ...]:
    conf = {"nextPos": 1, "curDeck": 1, "activeDecks": [1], "curModel": MODEL, "schedVer": 2}
    all_decks = {"Default": 1, **decks}
    millis = seconds * 1000
    written: tuple[JSON, ...] = (
        conf,
        {str(MODEL): _model(seconds)},
        {str(id): _deck(id, name, seconds) for name, id in all_decks.items()},
        {"1": OPTIONS},
        {},
    )
    return (1, seconds, millis, millis, 11, 0, 0, 0, *(json.dumps(thing) for thing in written))


def _deck(id: int, name: str, seconds: int) -> JSON:
    today = {f"{kind}Today": [0, 0] for kind in ("lrn", "rev", "new", "time")}
    shown = {"collapsed": False, "browserCollapsed": False, "dyn": 0, "conf": 1, "desc": ""}
    return {"id": id, "name": name, "mod": seconds, "usn": -1, **today, **shown}


def _model(seconds: int) -> JSON:
    return {
        "id": MODEL,
        "name": "Self-quiz",
        "type": 0,
        "mod": seconds,
        "usn": -1,
        "sortf": 0,
        "did": None,
        "tmpls": [{"name": "Card", "ord": 0, "qfmt": FRONT, "afmt": BACK, "did": None}],
        "flds": [
            {"name": name, "ord": n, "sticky": False, "rtl": False, "font": "Arial", "size": 18}
            for n, name in enumerate(FIELDS)
        ],
        "css": CSS,
        "latexPre": "",
        "latexPost": "",
        "req": [[0, "any", [0]]],
    }
