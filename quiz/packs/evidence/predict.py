"""What a program prints: output and exception are real."""

from __future__ import annotations

from dataclasses import replace

from quiz.core.questions import Question
from quiz.kinds.predict import Predict
from quiz.packs.running.bench import Bench, Result, Unproven, shown
from quiz.packs.running.cases import Case
from quiz.packs.running.mutants import Mutants, mutant
from quiz.packs.running.written import Expected, piece_of


def prove(bench: Bench) -> Result:
    """Prove that the program prints just this, and ends like this."""
    program, kind = bench.draft.body_fence("run"), bench.kind
    if program is None or not isinstance(kind, Predict):
        raise Unproven
    pieces = bench.pieces(piece_of(program))
    (outcome,) = bench.run([Case(pieces)], pieces)
    expected = Expected(kind.output, kind.raises, bench.draft.answer_fence("output"))
    return Result.proven if bench.holds(expected, outcome) else Result.unproven


def mutants(question: Question) -> Mutants:
    """Yield the question with another output, one line less or more, and another ending."""
    kind = question.wording.body
    if isinstance(kind, Predict):
        lines = kind.output.split("\n")
        outputs = {"\n".join([*lines[:-1], f"{lines[-1]}1"]), "\n".join([*lines, lines[-1] or "1"])}
        outputs |= {"\n".join(lines[:-1]), "\n".join(lines[::-1])} - {kind.output}
        for output in sorted(outputs):
            yield mutant(question, replace(kind, output=output), f"the output {shown(output)}")
        ending = "" if kind.raises else "ValueError"
        said = f"an end with {ending}" if ending else "a normal end"
        yield mutant(question, replace(kind, raises=ending), said)
