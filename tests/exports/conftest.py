"""One document of every block, rendered once for all tests of the writers."""

import pytest

from alianzas.exports import base

from .samples import everything


@pytest.fixture(scope="session")
def document():
    return everything()


@pytest.fixture(scope="session")
def pdf_file(document):
    return base.render(document, "pdf")


@pytest.fixture(scope="session")
def docx_file(document):
    return base.render(document, "docx")


@pytest.fixture(scope="session")
def xlsx_file(document):
    return base.render(document, "xlsx")
