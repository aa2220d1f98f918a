"""What an organisation leaves out of a session, as its carta says, with the reasons. The one reader of it.

Kit, posters, worksheets, live workshop, minutes and progress ask here before they show an activity of the method.
"""

from collections import defaultdict
from collections.abc import Iterable

from alianzas.content import Activity, Session

from . import curriculum
from .models import AgendaItem


def omitted_by(rows: Iterable[tuple[str, bool, str]]) -> dict[str, str]:
    """{activity: reason} of those that are left out; `rows` are (activity, is_skipped, reason) of the blocks. Pure.

    A divided activity is left out with its last part. One that the method folds into another (K-10) is not: its
    questions are asked there.
    """
    blocks = defaultdict(list)
    for key, is_skipped, reason in rows:
        blocks[key].append(reason if is_skipped else "")
    return {
        key: " ".join(dict.fromkeys(said))
        for key, said in blocks.items()
        if key and all(said) and not _is_fold(key, said)
    }


def _is_fold(key, said):
    try:
        activity = curriculum.activity(key)
    except KeyError:
        return False
    return bool(activity.fold_into) and all(one == fold_reason(activity) for one in said)


def fold_reason(activity: Activity) -> str:
    """Why the method's own carta leaves out an activity that it folds into another."""
    return f"Se integra en «{curriculum.activity(activity.fold_into).title}», que ya cierra con una reflexión."


def omitted(session: Session) -> dict[str, str]:
    """{activity: reason} of what the organisation in scope leaves out of a session. One query."""
    rows = AgendaItem.objects.filter(design__session_key=session.key).exclude(activity_key="")
    return omitted_by(rows.values_list("activity_key", "is_skipped", "skip_reason"))


def worked(session: Session) -> tuple[Activity, ...]:
    """The activities that the organisation in scope does work, in the order of the method. One query."""
    left_out = omitted(session)
    return tuple(activity for activity in session.activities if activity.key not in left_out)
