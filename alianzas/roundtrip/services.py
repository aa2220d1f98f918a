"""What the services that write a review share."""

from django.core.exceptions import ValidationError

from alianzas.concurrency import Changed

from .review import Change, Current, Review


def chosen_changes(review: Review, chosen: set[int], current: Current) -> list[Change]:
    """The chosen changes (places in `review.changes`), in order; raises Changed when the table has changed since."""
    if current.digest != review.digest:
        name = current.name[0].upper() + current.name[1:]
        raise Changed(
            current.name, said=f"{name} cambió mientras revisabas el archivo: súbelo otra vez para compararlo de nuevo."
        )
    return [review.changes[place] for place in sorted(chosen)]


def write(change: Change, verb, row):
    """Do `verb` (save or append) to the row of that change; what is refused says in which row of the sheet."""
    try:
        return verb(row)
    except ValidationError as error:
        raise ValidationError(f"Fila {change.row}: {' '.join(error.messages)}") from error
