"""A browser that knows HTML forms and nothing else: no JavaScript, none of our names."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from starlette.testclient import TestClient

VOID = {"input", "br", "img", "meta", "link", "hr"}


@dataclass
class Control:
    """A form control; `options` are the values of a select."""

    tag: str
    type: str
    name: str
    value: str
    checked: bool = False
    formaction: str = ""
    text: str = ""
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form of a page."""

    action: str
    method: str
    controls: list[Control] = field(default_factory=list)

    @property
    def buttons(self) -> list[Control]:
        return [c for c in self.controls if c.type in ("submit", "button")]

    def button(self, text: str) -> Control:
        return next(button for button in self.buttons if text in button.text)

    def has(self, text: str) -> bool:
        return any(text in button.text for button in self.buttons)

    def defaults(self) -> dict[str, list[str]]:
        """Return what a browser sends when nobody touches anything but a button."""
        sent: dict[str, list[str]] = {}
        for control in self.controls:
            if not control.name or control.type in ("submit", "button"):
                continue
            if control.type in ("radio", "checkbox") and not control.checked:
                continue
            sent.setdefault(control.name, []).append(control.value)
        return sent

    def filled(self) -> dict[str, list[str]]:
        """Return what somebody sends who touches every kind of control once."""
        sent = self.defaults()
        for control in self.controls:
            if control.type in ("radio", "checkbox") and control.name not in sent:
                sent[control.name] = [control.value]
            elif control.type in ("text", "number", "textarea") and not control.value:
                sent[control.name] = ["1"]
            elif control.tag == "select":
                sent[control.name] = [next(value for value in control.options if value)]
        return sent


class Page(HTMLParser):
    """A parsed page: its forms, links and text."""

    def __init__(self, address: str, status: int, html: str) -> None:
        super().__init__()
        self.address, self.status, self.html = address, status, html
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.text = ""
        self._open: Control | None = None
        self._link: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(at.get("action", self.address), at.get("method", "get")))
        elif tag in ("input", "button", "select", "textarea"):
            self._start_control(tag, at)
        elif tag == "option" and self._open:
            self._open.options.append(at.get("value", ""))
            if "selected" in at:
                self._open.value = at.get("value", "")
        elif tag == "a":
            self.links.append((at.get("href", ""), ""))
            self._link = ""

    def _start_control(self, tag: str, at: dict[str, str]) -> None:
        usual = {"button": "submit", "select": "select", "textarea": "textarea"}.get(tag, "text")
        control = Control(
            tag, at.get("type", usual), at.get("name", ""), at.get("value", ""), "checked" in at,
            at.get("formaction", ""),
        )  # fmt: skip
        if control.type in ("radio", "checkbox") and "value" not in at:
            control.value = "on"
        if self.forms:
            self.forms[-1].controls.append(control)
        self._open = control if tag != "input" else None

    def handle_endtag(self, tag: str) -> None:
        if tag in ("button", "select", "textarea") and self._open:
            if tag == "textarea":
                self._open.value = self._open.text.removeprefix("\n")
            if tag == "select" and not self._open.value and self._open.options:
                self._open.value = self._open.options[0]
            self._open = None
        if tag == "a" and self._link is not None:
            self.links[-1] = (self.links[-1][0], self._link)
            self._link = None

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._open:
            self._open.text += data
        if self._link is not None:
            self._link += data

    def form_with(self, text: str) -> Form:
        """Return the first form that has a button with this text."""
        return next(form for form in self.forms if form.has(text))

    def can(self, text: str) -> bool:
        return any(form.has(text) for form in self.forms)


class Browser:
    """Follows links and submits forms."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, address: str) -> Page:
        response = self.client.get(address)
        return Page(str(response.url), response.status_code, response.text)

    def submit(self, page: Page, button: str, values: dict[str, list[str]] | None = None) -> Page:
        """Press the first button with that text; `values` are sent, else what stands there."""
        form = page.form_with(button)
        pressed = form.button(button)
        sent = dict(form.defaults() if values is None else values)
        if pressed.name:
            sent[pressed.name] = [pressed.value]
        address = urljoin(page.address, pressed.formaction or form.action)
        response = self.client.post(address, data=sent)
        return Page(str(response.url), response.status_code, response.text)

    def follow(self, page: Page, text: str) -> Page:
        address = next(href for href, label in page.links if text in label)
        return self.get(urljoin(page.address, address))
