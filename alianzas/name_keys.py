"""Migrating to unique names: every row is kept, and one whose name is taken gets « (2)», « (3)»…"""

from collections import defaultdict
from collections.abc import Callable

from .names import key_of, numbered


def give_keys(model, field: str, together: Callable = lambda row: row.organization_id, alias: str = "default") -> list:
    """Fill the `NameKey` called `field` of every row of a historical `model`; returns the rows that were renamed.

    Names are unique among the rows for which `together` says the same; for None they may be equal. Of equal ones the
    first keeps its name.
    """
    key = model._meta.get_field(field)
    groups, renamed, rows = defaultdict(dict), [], list(model._base_manager.using(alias).order_by("pk"))
    for row in rows:
        setattr(row, field, key.of_row(row))
        if (group := together(row)) is not None:
            groups[group].setdefault(getattr(row, field), row.pk)
    for row in rows:
        group = together(row)
        if group is None or groups[group][getattr(row, field)] == row.pk:
            continue
        name = next((name for name in key.of if getattr(row, name)), key.of[0])
        _rename(row, name, key, groups[group])
        setattr(row, field, key.of_row(row))
        groups[group][getattr(row, field)] = row.pk
        renamed.append(row)
    model._base_manager.using(alias).bulk_update(rows, [field, *key.of], batch_size=200)
    return renamed


def _rename(row, name, key, taken):
    """Number the field `name` of the row until its key is not `taken`."""
    before, limit = getattr(row, name), row._meta.get_field(name).max_length
    tried = {key_of(before)}
    while key.of_row(row) in taken:
        setattr(row, name, numbered(before, tried, limit))
        tried.add(key_of(getattr(row, name)))
