"""Markdown to HTML that is safe to show."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.packs.render import highlight_lines, render, render_code, render_inline

PIECES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- a -->",
    "<!-- a",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](data:text/html,<script>)",
    "[a](vbscript:x)",
    "[a](file:///etc/passwd)",
    "[a](//example.org/x)",
    "[a](other.md#x)",
    '[a](https://example.org "title\\" onclick=x")',
    "<javascript:alert(1)>",
    "<https://example.org/?a=1&b=2>",
    '![a" onerror="x](images/a.png)',
    "![a](data:image/png;base64,AAAA)",
    "![a](https://example.org/a.png)",
    "![a](../a.png)",
    "![a](..%2fa.png)",
    "`<b>`",
    "```html\n<script>alert(1)</script>\n```",
    '```" onclick="x\ny\n```',
    "| a |\n| :-: |\n| <td onclick=x> |",
    "# <b>a</b>",
    "- [ ] x",
    "> *a* **b** ~~c~~",
)
ALLOWED = {
    *("p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr", "br", "em", "strong"),
    *("s", "code", "pre", "div", "span", "a", "img"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    *("class", "href", "rel", "title", "src", "alt", "loading", "start"),
    *("role", "tabindex", "aria-label"),
}


class Page(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.comments: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def assert_harmless(html: str) -> None:
    page = Page(html)
    assert page.comments == []
    for tag, attributes in page.elements:
        assert tag in ALLOWED
        assert set(attributes) <= ATTRIBUTES
        if tag == "a":
            assert str(attributes["href"]).startswith(("https://", "http://", "mailto:"))
            assert attributes["rel"] == "noopener noreferrer"
        if tag == "img":
            assert str(attributes["src"]).startswith("/packs/demo/")
            assert ".." not in str(attributes["src"])


@pytest.mark.parametrize("text", PIECES)
def test_no_piece_of_markdown_makes_a_page_act(text: str) -> None:
    assert_harmless(render(text, "/packs/demo/"))
    assert_harmless(render_inline(text, "/packs/demo/"))


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=6), st.sampled_from("\n |>")
)
def test_no_mixture_of_pieces_makes_a_page_act(pieces: list[str], between: str) -> None:
    assert_harmless(render(between.join(pieces), "/packs/demo/"))


def test_raw_html_is_shown_as_text() -> None:
    assert render("a <b>c</b>") == "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"


def test_a_link_out_of_the_page_is_a_link_and_one_inside_the_pack_is_text() -> None:
    html = render_inline("[a](https://example.org) [b](mailto:a@example.org) [c](notes.md)")

    assert [a["href"] for tag, a in Page(html).elements if tag == "a"] == [
        "https://example.org",
        "mailto:a@example.org",
    ]
    assert html.endswith(" c")


def test_a_picture_needs_the_folder_of_its_pack() -> None:
    assert render_inline("![Two *boxes*](images/a.png)") == "Two boxes"
    assert (
        render_inline("![Two *boxes*](images/a.png)", "/packs/demo/")
        == '<img src="/packs/demo/images/a.png" alt="Two boxes" loading="lazy">'
    )


def test_the_title_of_a_picture_is_shown() -> None:
    html = render_inline('![Boxes](images/a.png "Two <boxes>")', "/packs/demo/")

    assert 'title="Two &lt;boxes&gt;"' in html


def test_headings_start_below_those_of_the_page() -> None:
    assert render("#### a\n\n##### b") == "<h3>a</h3>\n<h4>b</h4>\n"
    assert render("# a\n\n###### b") == "<h3>a</h3>\n<h6>b</h6>\n"


def test_an_aligned_cell_has_a_class_and_no_style() -> None:
    html = render("| a |\n| --: |\n| b |")

    assert html.count('class="align-right"') == 2
    assert "style" not in html


def test_code_is_a_region_that_says_what_it_is() -> None:
    html = render("```python run\nx = 1\n\ny = 2\n```")

    assert html.startswith(
        '<div class="code" role="region" tabindex="0" aria-label="Code, 3 lines, Python">'
        "<pre><code>"
    )
    assert html.count('<span class="line">') == 3


def test_code_in_an_unknown_language_is_plain() -> None:
    html = render_code("<a>\n", "klingon")

    assert 'aria-label="Code, 1 line"' in html
    assert '<span class="line">&lt;a&gt;\n</span>' in html


@given(st.text(), st.sampled_from(["python", "sql", "text", "", "klingon", "html", "console"]))
def test_every_line_of_code_is_one_piece_of_html(code: str, language: str) -> None:
    lines = code.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")

    assert len(highlight_lines(code, language)) == len(lines)


def test_a_string_over_several_lines_is_coloured_on_each() -> None:
    first, second, third = highlight_lines('x = """a\n\nb"""', "python")

    assert first.count("<span") == first.count("</span>")
    assert second == ""
    assert third == '<span class="s2">b"""</span>'
