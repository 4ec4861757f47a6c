"""A pack of any size: questions like those of a real one, each with texts of its own."""

from __future__ import annotations

from pathlib import Path

PACK = "bench"
A_TOPIC = 20
"""Questions a topic, and so cards a round."""
AN_OBJECTIVE = 4
"""Questions an objective."""

HEAD = """\
---
format: quizpack/1
id: bench
title: A pack to measure with
description: Questions that differ only in their numbers.
license: CC-BY-4.0
---

# Misconceptions

- `same-list` A slice is the list itself.
"""

QUESTION = """\
## What does program {n} print?
<!-- id: q-{n}; objective: {objective}; level: trace -->

The list is made anew for every call, so `steps` sees only what this call has appended to it.

```python
def steps(limit, start={n}):
    taken = []
    for step in range(start, start + limit):
        if step % 3 == 0:
            continue
        taken.append(step * 2)
    return taken[:2]

print(len(steps({n})), sum(steps(5)) > {n})
```

- [x] `2 True`, as two steps are left after the slice
  > A slice of two holds two, and `{n}` is smaller than their sum.
- [ ] `{n} True`, as every step is kept
  > `same-list` The slice makes a new list of two.
- [ ] `2 False`, as the sum counts from zero
  > The sum starts with `{n}` doubled.
- [ ] `None`, as nothing is returned for {n}
  > The last line of the function returns the slice.

Source: [Slicings](https://docs.python.org/3/reference/expressions.html#slicings)

### Hint

Ask what `taken[:2]` holds, and then what `sum` makes of it in program {n}.

### Explanation

`steps` skips multiples of three and doubles the rest. The slice then keeps **two** of them,
whatever `limit` is, so `len` is 2. Their sum is at least twice {n}:

```python
assert sum(steps(5)) > {n}
```
"""


def write_pack(folder: Path, topics: int, *, a_topic: int = A_TOPIC) -> Path:
    """Write a pack of `topics` times `a_topic` questions and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.md").write_text(HEAD)
    for topic in range(topics):
        (folder / f"{topic:03}.md").write_text(_topic(topic, a_topic))
    return folder


def _topic(topic: int, size: int) -> str:
    objectives = range((size + AN_OBJECTIVE - 1) // AN_OBJECTIVE)
    lines = [f"# Topic {topic}", f"<!-- id: t-{topic} -->", "", "### Objectives", ""]
    lines += [f"- `o-{topic}-{n}` Predict a program with number {n}." for n in objectives]
    questions = [
        QUESTION.format(n=topic * size + n, objective=f"o-{topic}-{n // AN_OBJECTIVE}")
        for n in range(size)
    ]
    return "\n".join(lines) + "\n\n" + "\n".join(questions)
