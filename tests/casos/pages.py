"""Pages as a browser has them: their forms, with every control as it was given, to be changed and sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

BOXES = {"checkbox", "radio"}
UNSENT = {"submit", "button", "reset", "image"}


@dataclass
class Control:
    name: str
    kind: str  # an input's type, "textarea" or "select"
    value: object  # text; for a select the list of chosen values
    attrs: dict
    is_on: bool = True
    choices: list = field(default_factory=list)


@dataclass
class Form:
    page: str
    attrs: dict
    controls: list[Control] = field(default_factory=list)
    buttons: list[dict] = field(default_factory=list)

    @property
    def action(self):
        return (
            urljoin(f"http://testserver{self.page}", self.attrs.get("action") or "")
            .removeprefix("http://testserver")
            .partition("#")[0]
        )

    @property
    def is_post(self):
        return self.attrs.get("method", "").lower() == "post"

    @property
    def hidden(self):
        return {one.name: one.value for one in self.controls if one.kind == "hidden"}

    @property
    def names(self):
        return {one.name for one in self.controls}

    def data(self, **changes):
        """What a browser sends, with `changes` typed into it: {name: text, or list of what is ticked}."""
        sent = {}
        for one in self.controls:
            if one.name in changes or "disabled" in one.attrs or (one.kind in BOXES and not one.is_on):
                continue
            if one.kind in UNSENT or one.kind == "file":
                continue
            values = one.value if isinstance(one.value, list) else [one.value]
            sent.setdefault(one.name, []).extend(values)
        sent |= {name: value if isinstance(value, list) else [value] for name, value in changes.items()}
        return {name: values[0] if len(values) == 1 else values for name, values in sent.items() if values}


class _Reader(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.page, self.forms, self.form = page, [], None
        self.area = self.select = self.option = None
        self.templates = 0

    def handle_starttag(self, tag, attrs):
        attrs = {name: value if value is not None else "" for name, value in attrs}
        if tag == "template":
            self.templates += 1
        if self.templates:
            return
        if tag == "form":
            self.form = Form(self.page, attrs)
            self.forms.append(self.form)
        if self.form is None:
            return
        name = attrs.get("name", "")
        if tag == "input" and name:
            kind = attrs.get("type", "text")
            default = "on" if kind in BOXES else ""
            self.form.controls.append(Control(name, kind, attrs.get("value", default), attrs, "checked" in attrs))
        elif tag == "textarea" and name:
            self.area = Control(name, "textarea", "", attrs)
            self.form.controls.append(self.area)
        elif tag == "select" and name:
            self.select = Control(name, "select", [], attrs)
            self.form.controls.append(self.select)
        elif tag == "option" and self.select is not None:
            self.option = attrs.get("value")
            self.select.choices.append(self.option)
            if "selected" in attrs:
                self.select.value.append(self.option)
        elif tag == "button":
            self.form.buttons.append(attrs)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_data(self, data):
        if self.area is not None and not self.templates:
            self.area.value += data

    def handle_endtag(self, tag):
        if tag == "template":
            self.templates -= 1
        elif self.templates:
            return
        elif tag == "textarea" and self.area is not None:
            self.area.value = self.area.value.removeprefix("\n")
            self.area = None
        elif tag == "select" and self.select is not None:
            if not self.select.value and "multiple" not in self.select.attrs and self.select.choices:
                self.select.value = self.select.choices[:1]
            self.select = None
        elif tag == "form":
            self.form = None


def forms_of(answer) -> list[Form]:
    """Every form that sends something, of a page that the test client got."""
    asked = answer.request
    reader = _Reader(f"{asked['PATH_INFO']}?{asked['QUERY_STRING']}".removesuffix("?"))
    reader.feed(answer.content.decode())
    return [form for form in reader.forms if form.is_post]


def form_of(answer, *names, action="") -> Form:
    """The one form of a page that has controls of these names, or goes to that address."""
    found = [one for one in forms_of(answer) if one.names >= set(names) and (not action or one.action == action)]
    found = [one for one in found if not one.action.startswith("/cuenta/")]
    assert len(found) == 1, f"{len(found)} forms with {names} on {answer.request['PATH_INFO']}"
    return found[0]


def filled(form: Form, today: str, **changes) -> dict:
    """The form with something in every control that was empty, as somebody would who has it all."""
    typed = {
        "text": "Algo nuevo", "textarea": "Algo nuevo", "search": "Algo", "email": "nueva@prueba.test", "date": today,
        "url": "https://ejemplo.test/nota", "number": "1", "time": "10:00",
    }  # fmt: skip
    found = {}
    for one in form.controls:
        if one.kind in typed and not str(one.value).strip():
            found[one.name] = typed[one.kind]
        elif one.kind == "select" and not any(one.value):
            found[one.name] = next(filter(None, one.choices), "")
        elif one.kind == "radio" and not any(other.is_on for other in form.controls if other.name == one.name):
            found.setdefault(one.name, one.value)
        elif one.kind == "checkbox" and "required" in one.attrs:
            found[one.name] = one.value
    return form.data(**(found | changes))
