"""A reload in Firefox keeps what was typed and takes the new hidden `seen`: such forms say autocomplete="off"."""

import re

from tests.casos.pages import forms_of
from tests.casos.whole import everything

READ_AS = re.compile(r"(^|-)(seen|was|version|base)$")
NOT_SHOWN = ("hidden", "file")


def test_no_form_that_says_as_what_it_was_read_is_filled_in_by_the_browser(org, cast, client):
    client.force_login(cast.facilitator)
    careless, checked = [], 0
    for page, address in everything(org).items():
        for form in forms_of(client.get(address)):
            if not any(READ_AS.search(name) for name in form.hidden):
                continue
            checked += 1
            if form.attrs.get("autocomplete") != "off":
                careless.append((page, form.action))
    assert careless == []
    assert checked >= 30


def test_their_controls_say_so_themselves(org, cast, client):
    client.force_login(cast.facilitator)
    page = client.get(everything(org)["actor"])
    [form] = [one for one in forms_of(page) if "seen" in one.hidden]
    shown = [one for one in form.controls if one.kind not in NOT_SHOWN]
    assert shown
    assert [one.name for one in shown if one.attrs.get("autocomplete") != "off"] == []
