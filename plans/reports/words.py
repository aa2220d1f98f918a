"""The fixed words of the report and the Objetivos de Desarrollo Sostenible, kept as content. Pure."""

import tomllib
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).parent.parent / "content"


@cache
def names() -> dict[int, str]:
    """{number: short name of the Objetivo de Desarrollo Sostenible}."""
    return dict(enumerate(tomllib.loads((CONTENT / "ods.toml").read_text("utf-8"))["names"], 1))


@cache
def words() -> dict:
    """The fixed words of the report."""
    return tomllib.loads((CONTENT / "reporte.toml").read_text("utf-8"))
