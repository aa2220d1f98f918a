"""The fixed words of the Plan, kept as content. Pure."""

import tomllib
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).parent / "content" / "plan.toml"


@cache
def words() -> dict:
    """`content/plan.toml` as nested dicts."""
    return tomllib.loads(CONTENT.read_text("utf-8"))


def filled(text: str, organization, axes: int = 0) -> str:
    """`text` with {organizacion}, {tema} and {ejes} filled in."""
    values = {"organizacion": organization.name, "tema": organization.field.lower(), "ejes": _number(axes)}
    return text.strip().format_map(values)


def _number(number):
    names = ["Ningún", "Un", "Dos", "Tres", "Cuatro", "Cinco", "Seis", "Siete", "Ocho", "Nueve", "Diez"]
    return names[number] if number < len(names) else str(number)
