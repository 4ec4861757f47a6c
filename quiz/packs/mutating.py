"""Whether evidence notices a wrong key: wrong ones are planted, and each must be found."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from quiz.core.blocks import Fence, Place
from quiz.packs.evidence import prover
from quiz.packs.exhibits import Exhibit
from quiz.packs.proving import prove
from quiz.packs.running.bench import Proof, Result
from quiz.packs.running.cases import Case, Lab, Outcome, Piece, Runs

TEXT_METHODS = frozenset(
    {
        *("casefold", "count", "endswith", "find", "get", "index", "items", "join", "keys"),
        *("lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace"),
        *("rpartition", "rstrip", "split", "splitlines", "startswith", "strip", "upper"),
    }
)
PLAIN = frozenset(
    {
        *("all", "any", "bool", "dict", "int", "len", "list"),
        *("print", "set", "sorted", "str", "tuple"),
    }
)
"""Methods and functions that take an answer apart and find out nothing about it."""

RUNNING = (ast.Await, ast.BinOp, ast.Import, ast.ImportFrom, ast.Yield)


@dataclass(frozen=True, slots=True)
class Noticing:
    """How evidence fared: how many wrong keys were planted, and what of them it missed.

    `only_repeats` is where code stands that says the key again instead of finding it, None where
    there is none. Without a proof there is nothing to try: then `planted` is 0.
    """

    planted: int
    missed: tuple[str, ...] = ()
    only_repeats: Place | None = None


@dataclass(slots=True)
class Memory:
    """A lab that runs no case twice: most wrong keys are told by what has been run already."""

    lab: Lab
    known: dict[Case, Outcome] = field(default_factory=dict)

    def run(self, cases: Sequence[Case], program: Sequence[Piece] = ()) -> Runs:
        new = [case for case in dict.fromkeys(cases) if case not in self.known]
        if new:
            self.known |= zip(new, self.lab.run(new).first, strict=True)
        found = tuple(self.known[case] for case in cases)
        return Runs(found, found)

    def run_once(self, cases: Sequence[Case], seconds: float) -> tuple[Outcome, ...]:
        new = [case for case in dict.fromkeys(cases) if case not in self.known]
        if new:
            self.known |= zip(new, self.lab.run_once(new, seconds), strict=True)
        return tuple(self.known[case] for case in cases)


def notice(exhibit: Exhibit, lab: Lab) -> Noticing:
    """Plant wrong keys into a question, one at a time, and see which its evidence misses."""
    memory = Memory(lab)
    found = prover(exhibit.question.wording.body.name)
    proof: Proof = prove(exhibit, memory)
    if found is None or proof.result is not Result.proven:
        return Noticing(0)
    planted = list(found.mutants(exhibit.question))
    missed = tuple(
        mutant.said
        for mutant in planted
        if prove(replace(exhibit, question=mutant.question), memory).result is Result.proven
    )
    return Noticing(len(planted), missed, repeated(exhibit.question.evidence))


def repeated(evidence: Sequence[Fence]) -> Place | None:
    """Return where a `check` or a hidden program stands that only says the key again."""
    for fence in evidence:
        if fence.role == "check" and _only_says(fence.code, "check"):
            return fence.place
        if fence.role == "run" and _only_prints(fence.code):
            return fence.place
    return None


def _only_says(code: str, name: str) -> bool:
    """Return whether a function does nothing but compare its arguments with what is written."""
    body = _parsed(code)
    functions = {n.name: n for n in body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}
    if name not in functions:
        return False
    idle = set(PLAIN)
    # What is bound to mere literals above, and functions of that sort, are no runs either.
    for _ in body:
        idle |= {n for n, function in functions.items() if _idle(function, idle)}
        idle |= {n for node in body for n in _constants(node, idle)}
    return name in idle


def _only_prints(code: str) -> bool:
    body = _parsed(code)
    return bool(body) and all(_idle(node, PLAIN) for node in body)


def _parsed(code: str) -> list[ast.stmt]:
    try:
        return ast.parse(code).body
    except (SyntaxError, ValueError):
        return []


def _constants(node: ast.stmt, idle: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Assign) and _idle(node.value, idle):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _idle(node: ast.AST, names: frozenset[str] | set[str]) -> bool:
    """Return whether nothing in a piece of code finds out anything by running."""
    inside = list(ast.walk(node))
    own = {part.arg for part in inside if isinstance(part, ast.arg)}
    own |= {p.id for p in inside if isinstance(p, ast.Name) and not isinstance(p.ctx, ast.Load)}
    return all(_idle_part(part, own | names) for part in inside)


def _idle_part(part: ast.AST, names: set[str]) -> bool:
    if isinstance(part, ast.Name):
        return part.id in names
    if isinstance(part, ast.Attribute):
        return part.attr in TEXT_METHODS
    return not isinstance(part, RUNNING)
