"""An organisation in scope, and shortcuts to its cartas."""

import pytest
from django.urls import reverse
from django_scopes import scope

from sessions_app.design import queries


@pytest.fixture
def scoped(org):
    with scope(organization=org):
        yield org


@pytest.fixture
def address(org):
    """`address("carta-minutos", "2", "S2.1")`"""
    return lambda name, session="2", *args: reverse(name, args=[org.slug, session, *args])


@pytest.fixture
def carta(scoped):
    return lambda session="2": queries.carta(scoped, session)


@pytest.fixture
def times(carta):
    """Start and end of every block that is not skipped."""
    return lambda session="2": [(line.ref, line.times) for line in carta(session).lines if line.slot]


@pytest.fixture
def form_data():
    """What a browser would send of the form on a page, with changes."""

    def _form_data(answer, **changes):
        form = answer.context["form"]
        values = {name: form[name].value() for name in form.fields} | changes
        return {name: value for name, value in values.items() if value is not None and value is not False}

    return _form_data
