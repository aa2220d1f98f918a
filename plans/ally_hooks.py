"""What the outcome map says of each ally, for the documents of its file."""

from collections import defaultdict

from ruta_critica.goals import Goal, gives_goals

from . import queries


@gives_goals
def of_the_outcome_map(allies):
    found = defaultdict(list)
    for one in queries.plans_with(allies):
        markers = tuple((part.horizon, tuple(marker.text for marker in part.markers)) for part in one.horizons)
        activities = tuple(link.commitment for link in one.row.activities.all())
        goal = Goal(one.row.strategy.text, one.row.objective, markers, activities)
        found[one.row.ally_id].append(goal)
    return found
