"""The fixed words of the Plan, kept as content. Pure."""

import tomllib
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).parent / "content" / "plan.toml"
_NUMBERS = ("Ningún", "Un", "Dos", "Tres", "Cuatro", "Cinco", "Seis", "Siete", "Ocho", "Nueve", "Diez")


@cache
def words() -> dict:
    """`content/plan.toml` as nested dicts."""
    return tomllib.loads(CONTENT.read_text("utf-8"))


def filled(text: str, organization, **values) -> str:
    """`text` with {organizacion}, {tema} and whatever `values` names filled in."""
    known = {"organizacion": organization.name, "tema": organization.field.lower()}
    return text.strip().format_map(known | values)


def number_name(number: int) -> str:
    """«Tres», to begin a title with; digits from eleven on."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def counted(number: int, one: str, many: str) -> str:
    """«una estrategia», «tres estrategias», «12 estrategias»: what is counted, in the middle of a sentence."""
    return one if number == 1 else f"{number_name(number).lower()} {many}"


def listed(names: list[str]) -> str:
    """«A», «A y B», «A, B y C»."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} y {names[-1]}"
