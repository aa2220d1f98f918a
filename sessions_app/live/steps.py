"""Next steps as a room writes them, «qué se hará | quién | cuándo». Pure."""

from datetime import date

from alianzas.dates import NotADate, read_date
from alianzas.fields import SHORT


def step_in(text: str, today: date) -> dict:
    """What will be done, by whom and until when (ISO), each of them empty where it is not said.

    A time that is no day to come stays in words with what will be done, so that nothing is lost.
    """
    parts = [" ".join(part.split()) for part in text.split("|", 2)]
    what, responsible, when = [*parts, "", ""][:3]
    try:
        due = read_date(when)
        stays_in_words = due is not None and due < today
    except NotADate:
        due, stays_in_words = None, True
    if stays_in_words:
        what, due = f"{what} ({when})", None
    if len(responsible) > SHORT:
        what, responsible = f"{what} ({responsible})", ""
    return {"what": what, "responsible": responsible, "due_date": due.isoformat() if due else ""}
