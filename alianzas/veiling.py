"""Protected names in whatever is made of texts: states, blocks of a document. Pure."""

from collections.abc import Callable, Container
from dataclasses import fields, is_dataclass, replace

NO_WORDS = {"key", "style", "align", "mime", "data", "svg"}  # fields of a block that nobody reads


def veiled(value, hide: Callable[[str], str], kept: Container[str]):
    """The same text, tuple or dataclass with every text in it gone through `hide`, but for the fields `kept`."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, tuple):
        return tuple(veiled(item, hide, kept) for item in value)
    if is_dataclass(value):
        named = [field.name for field in fields(value) if field.name not in kept]
        return replace(value, **{name: veiled(getattr(value, name), hide, kept) for name in named})
    return value
