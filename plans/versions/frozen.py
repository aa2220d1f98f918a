"""What is kept of the Plan's data beside its files, so that two versions can be compared in words. Pure."""


def facts_of(data, hide) -> dict:
    """A `PlanData` as JSON, names that must not be read outside hidden by `hide`."""
    return hidden(
        {
            "organization": {"name": data.organization.name, "desired_result": data.organization.desired_result},
            "texts": {key: text.shown for key, text in data.texts.items()},
            "participants": [str(person) for person in data.participants],
            "actors": {actor.key: _actor(actor) for actor in data.actors},
            "strategies": {str(pk): facts for pk, facts in _strategies(data)},
            "axes": [str(axis.strategy.pk) for axis in data.axes],
            "rows": {str(ally.row.pk): _row(axis, ally) for axis in data.axes for ally in axis.allies},
            "next_steps": {str(step.pk): _promise(step) for step in data.next_steps},
            "photos": [photo.caption for photo in data.photos],
        },
        hide,
    )


def _actor(actor):
    return {"name": actor.name, "relation": actor.relation, "result": actor.result}


def _strategies(data):
    for one in data.diagnosis:
        for strategy in [*one.works, *one.did_not, *one.could]:
            if not strategy.told_in:
                facts = {"text": strategy.text, "why": "\n".join(strategy.whole.whys), "line": one.line.name}
                yield strategy.pk, facts | {"status": strategy.get_status_display()}


def _row(axis, ally):
    return {
        "strategy": axis.strategy.text,
        "ally": str(ally.row.ally),
        "objective": ally.row.objective,
        "markers": {
            str(marker.pk): {"text": marker.text, "horizon": one.horizon.label.lower()}
            for one in ally.horizons
            for marker in one.markers
        },
        "activities": {str(step.pk): _promise(step) for one in ally.horizons for step in one.activities},
    }


def _promise(step):
    due = step.due_date.isoformat() if step.due_date else ""
    return {"title": step.title, "responsible": step.responsible, "due_date": due}


def hidden(value, hide):
    """Facts with every text in them gone through `hide`."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, list):
        return [hidden(item, hide) for item in value]
    return {key: hidden(item, hide) for key, item in value.items()}
