import pytest
from django_scopes import scope


@pytest.fixture
def scoped(org):
    with scope(organization=org):
        yield org
