"""Setup and code as one plain script."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from quiz.packs.running.program import whole_program


def test_code_that_does_not_await_stays_as_it_is() -> None:
    program = whole_program(
        "import math\n\n\ndef twice(x):\n    return 2 * x\n", "print(twice(1))\n"
    )

    assert program.text == (
        "import math\n\n\ndef twice(x):\n    return 2 * x\n\n\nprint(twice(1))\n"
    )
    assert program.origins[-1] == (1, 1)
    assert program.origins[3] == (0, 4)
    assert program.origins[5] is None


def test_what_awaits_moves_into_a_main_function_and_imports_to_the_top() -> None:
    setup = '"""A setup."""\n\nimport asyncio\n\nLIMIT = 1\n\nawait asyncio.sleep(0)\n'
    code = "import math\nimport asyncio\n\nfor n in range(LIMIT):\n    print(n, math.pi > 3)\n"

    assert whole_program(setup, code).text == (
        '"""A setup."""\n'
        "\n\n"
        "import asyncio\n"
        "import math\n"
        "\n\n"
        "LIMIT = 1\n"
        "\n\n"
        "async def main():\n"
        "    await asyncio.sleep(0)\n"
        "\n"
        "    for n in range(LIMIT):\n"
        "        print(n, math.pi > 3)\n"
        "\n\n"
        "asyncio.run(main())\n"
    )


@pytest.mark.parametrize(
    ("setup", "code", "printed"),
    [
        ("", 'await nothing()\nprint("""a\n  b""")\n', "a\n  b\n"),
        ("n = 1\ndef show():\n    print(n)\n", "await nothing()\nn += 1\nshow()\n", "2\n"),
        ("def show():\n    print(late)\n", "await nothing()\nlate = 5\nshow()\n", "5\n"),
        ("await nothing()\nn = 0\ndef f():\n    global n\n    n += 1\n", "f()\nprint(n)\n", "1\n"),
        ("", "x = 1; await nothing(); print(x)\n", "1\n"),
        ("", "@str\ndef f(): ...\nawait nothing()\n# a comment\nprint(f[:9])\n", "<function\n"),
        ("from os.path import *\n", "await nothing()\nfrom os.path import *\nprint(sep)\n", "/\n"),
    ],
    ids=[
        "text over two lines",
        "a name bound again",
        "a name bound later",
        "a global",
        "several statements in a line",
        "a decorator",
        "a star",
    ],
)
def test_the_script_does_what_the_pieces_do(
    setup: str, code: str, printed: str, tmp_path: Path
) -> None:
    nothing = "async def nothing():\n    pass\n"
    script = tmp_path / "program.py"
    script.write_text(whole_program(nothing, setup, code).text)

    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == (printed, "")


def test_what_is_no_python_makes_no_script() -> None:
    with pytest.raises(SyntaxError):
        whole_program("x = (\n")
