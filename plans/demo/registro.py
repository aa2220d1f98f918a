"""Level history, ticked products, reviewed worksheets and own cases of the demonstration's organisations."""

import tomllib
from functools import cache
from pathlib import Path

from sessions_app import curriculum
from sessions_app.level import scoring
from sessions_app.models import LevelAssessment, PartReview, ProductMark, SuccessCase

DATA = Path(__file__).parent / "data" / "registro.toml"


@cache
def _data():
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def load(organization):
    """Create what the file says of `organization`, inside its scope; nothing for those it does not name."""
    own = _data().get(organization.slug, {})
    for entry in own.get("assessments", []):
        _assess(organization, entry)
    for entry in own.get("products", []):
        products = curriculum.session(entry["session"]).products
        for number in entry["done"]:
            products[number]  # an entry for a product that does not exist is a mistake in the file
            key = {"session_key": entry["session"], "product": number}
            _keep(ProductMark(organization=organization, **key), at=entry["at"])
    for entry in own.get("reviewed", []):
        _keep(PartReview(organization=organization, part=curriculum.activity(entry["part"]).key), at=entry["at"])
    for position, entry in enumerate(own.get("cases", [])):
        texts = {name: text.strip() for name, text in entry.items()}
        _keep(SuccessCase(organization=organization, position=position, **texts))


def _assess(organization, entry):
    suggested = scoring.suggest(entry["answers"]).level
    if entry["decided"] != suggested and not entry["reason"]:
        raise ValueError(f"{organization.slug}: a level other than the suggested one needs its reason")
    row = LevelAssessment(
        organization=organization,
        answers=entry["answers"],
        suggested=suggested,
        decided=entry["decided"],
        reason=entry["reason"],
    )
    _keep(row, at=entry["at"])


def _keep(row, **moment):
    """Save a valid row; `at` is written by the database on its own, so the one of the story comes after."""
    row.full_clean(exclude=["by"])  # the accounts of the demonstration come later
    row.save()
    if moment:
        type(row).objects.filter(pk=row.pk).update(**moment)
