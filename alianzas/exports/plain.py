"""Blocks and whole documents as plain data that JSON keeps, and back: equal documents, equal data. Pure.

A block is an object that says its kind under `is`, with the fields that differ from their defaults; a day, a moment
and bytes are such objects, too, and a tuple is a list. What is read must have been written here: an unknown kind
raises `ValueError`.
"""

from base64 import b64decode, b64encode
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime

from alianzas.exports import blocks

_KINDS = {
    kind.__name__: kind
    for kind in (
        blocks.Brand, blocks.Bullets, blocks.Callout, blocks.Column, blocks.Contents, blocks.Cover, blocks.Document,
        blocks.Figure, blocks.Heading, blocks.Image, blocks.KeyValues, blocks.Paragraph, blocks.Photo,
        blocks.PhotoGrid, blocks.Row, blocks.Table,
    )
}  # fmt: skip


def to_plain(value: object):
    """A block, or anything that a block holds, as plain data."""
    if is_dataclass(value):
        held = {one.name: getattr(value, one.name) for one in fields(value) if not _is_default(value, one)}
        return {"is": type(value).__name__} | {name: to_plain(item) for name, item in held.items()}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, bytes):
        return {"is": "bytes", "base64": b64encode(value).decode()}
    if isinstance(value, datetime):
        return {"is": "moment", "at": value.isoformat()}
    if isinstance(value, date):
        return {"is": "day", "on": value.isoformat()}
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"No document holds {type(value).__name__}")


def from_plain(data: object):
    """What `to_plain` was given."""
    if isinstance(data, list):
        return tuple(from_plain(item) for item in data)
    if not isinstance(data, dict):
        return data
    kind, held = data.get("is"), {name: item for name, item in data.items() if name != "is"}
    if kind == "bytes":
        return b64decode(held["base64"])
    if kind == "moment":
        return datetime.fromisoformat(held["at"])
    if kind == "day":
        return date.fromisoformat(held["on"])
    if kind not in _KINDS:
        raise ValueError(f"No block is called {kind!r}")
    return _KINDS[kind](**{name: from_plain(item) for name, item in held.items()})


def _is_default(value, one):
    return (
        one.default is not MISSING
        and getattr(value, one.name) == one.default
        and type(one.default) is type(getattr(value, one.name))
    )
