"""A setup and the code of a question as one plain script, as anybody could save and start it.

A pack may await at the top level; a script may not. So what comes before the first `await` stays as
it is, imports stand at the top, and the rest moves into `async def main()`.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

INDENT = "    "
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@dataclass(frozen=True, slots=True)
class Program:
    """A script; `origins` has for each of its lines the piece (from 0) and the line there (from 1).

    The origin of a line that we added is None.
    """

    text: str
    origins: tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    origin: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Chunk:
    """The lines of a statement at the top level, or of several that share a line."""

    lines: tuple[_Line, ...]
    nodes: tuple[ast.stmt, ...]
    kept: frozenset[int] = frozenset()
    """Indices of lines that begin inside a string: they cannot be moved to the right."""

    @property
    def awaits(self) -> bool:
        return any(_is_coroutine(node) for node in self.nodes)

    @property
    def imports(self) -> bool:
        return all(isinstance(node, ast.Import | ast.ImportFrom) for node in self.nodes)

    @property
    def is_text(self) -> bool:
        values = (node.value for node in self.nodes if isinstance(node, ast.Expr))
        return all(isinstance(value, ast.Constant) for value in values) and len(self.nodes) == 1

    def indented(self) -> Iterator[_Line]:
        """Yield the lines one step to the right, with single empty lines between them."""
        for at, line in enumerate(self.lines):
            if at in self.kept:
                yield line
            elif line.text.strip():
                yield _Line(INDENT + line.text, line.origin)
            elif not (at and not self.lines[at - 1].text.strip()):
                yield _Line("", line.origin)


def whole_program(*pieces: str) -> Program:
    """Return the script that does what the pieces do one after the other, setups first.

    Raises SyntaxError where a piece is no Python.
    """
    read = [_chunks(number, piece) for number, piece in enumerate(pieces)]
    chunks = [chunk for piece in read for chunk in piece]
    first = next((at for at, chunk in enumerate(chunks) if chunk.awaits), None)
    if first is None:
        return _program(_joined([[line for c in piece for line in c.lines] for piece in read]))
    head, rest = chunks[:first], chunks[first:]
    doc = [chunk for chunk in head[:1] if chunk.is_text and isinstance(chunk.nodes[0], ast.Expr)]
    imports = _once([_Line("import asyncio")], [chunk for chunk in chunks if chunk.imports])
    plain = [chunk for chunk in head[len(doc) :] if not chunk.imports]
    moved = [chunk for chunk in rest if not chunk.imports]
    shared = _shared(plain, moved)
    main = [_Line("async def main():")]
    main += [_Line(f"{INDENT}global {', '.join(shared)}")] if shared else []
    main += _stripped(_body(moved))
    parts = [
        [line for chunk in doc for line in chunk.lines],
        imports,
        [line for chunk in plain for line in chunk.lines],
        main,
        [_Line("asyncio.run(main())")],
    ]
    return _program(_joined(parts))


def _chunks(number: int, piece: str) -> list[_Chunk]:
    lines = [_Line(text, (number, n)) for n, text in enumerate(piece.rstrip().split("\n"), 1)]
    chunks: list[_Chunk] = []
    done = 0
    for node in ast.parse(piece).body:
        end = node.end_lineno or node.lineno
        if _start(node) <= done:
            last = chunks.pop()
            done -= len(last.lines)
            nodes = (*last.nodes, node)
        else:
            nodes = (node,)
        kept = (line - done - 1 for part in nodes for line in _inside_strings(part))
        chunks.append(_Chunk(tuple(lines[done:end]), nodes, frozenset(kept)))
        done = end
    if done < len(lines) and chunks:
        last = chunks.pop()
        chunks.append(_Chunk((*last.lines, *lines[done:]), last.nodes, last.kept))
    return chunks


def _start(node: ast.stmt) -> int:
    decorators: Sequence[ast.expr] = getattr(node, "decorator_list", ())
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _inside_strings(node: ast.stmt) -> Iterator[int]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant | ast.JoinedStr):
            yield from range(part.lineno + 1, (part.end_lineno or part.lineno) + 1)


def _is_coroutine(node: ast.stmt) -> bool:
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code = compile(ast.Module([node], []), "piece", "exec", flags, dont_inherit=True)
    return bool(code.co_flags & inspect.CO_COROUTINE)


def _shared(head: Iterable[_Chunk], moved: Iterable[_Chunk]) -> list[str]:
    """Return the names that `main` must bind as globals: the part above it knows them, too."""
    above = [node for chunk in head for node in chunk.nodes]
    below = [node for chunk in moved for node in chunk.nodes]
    known = set(_bound(above))
    for node in [part for top in above for part in ast.walk(top)]:
        if isinstance(node, FUNCTIONS):
            known |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    for node in [part for top in [*above, *below] for part in ast.walk(top)]:
        known |= set(node.names) if isinstance(node, ast.Global) else set()
    return sorted(known & set(_bound(below)))


def _bound(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names that statements bind in their own scope."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name
        if not isinstance(node, FUNCTIONS):
            yield from _bound(ast.iter_child_nodes(node))


def _body(moved: Iterable[_Chunk]) -> Iterator[_Line]:
    """Yield the lines of `main`, an empty one where another piece begins."""
    last = None
    for chunk in moved:
        number = chunk.lines[0].origin[0] if chunk.lines[0].origin else None
        if last is not None and number != last and chunk.lines[0].text.strip():
            yield _Line("")
        last = number
        yield from chunk.indented()


def _once(first: list[_Line], imports: Iterable[_Chunk]) -> list[_Line]:
    """Return the lines of imports, a repeated one left out."""
    seen = {"import asyncio"}
    lines = list(first)
    for chunk in imports:
        written = "\n".join(ast.unparse(node) for node in chunk.nodes)
        if written not in seen:
            lines += [line for line in chunk.lines if line.text.strip()]
        seen.add(written)
    return lines


def _stripped(lines: Iterable[_Line]) -> list[_Line]:
    found = list(lines)
    while found and not found[0].text.strip():
        del found[0]
    while found and not found[-1].text.strip():
        del found[-1]
    return found


def _joined(parts: Iterable[Sequence[_Line]]) -> list[_Line]:
    """Return the parts that hold anything, two empty lines between them."""
    lines: list[_Line] = []
    for part in filter(None, map(_stripped, parts)):
        lines += [_Line(""), _Line("")] if lines else []
        lines += part
    return lines


def _program(lines: Sequence[_Line]) -> Program:
    text = "".join(f"{line.text}\n" for line in lines)
    return Program(text, tuple(line.origin for line in lines))
