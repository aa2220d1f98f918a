"""The ideal system, the moments of the map and their reasons, for the demonstration's organisations."""

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from alianzas import services as shared
from sysmap import moments, queries, services
from sysmap.compare import compare
from sysmap.models import Actor, MapSnapshot, MissingRole
from sysmap.states import ActorState, MapState, pack

DATA = Path(__file__).parent / "data" / "mapa.toml"


NAMESPACE = uuid5(NAMESPACE_URL, "alianzas/demo")


def key_of(organization, name):
    """The stable key of the actor that the files call `name`."""
    return uuid5(NAMESPACE, f"{organization.slug}/{name}")


@cache
def _data():
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def load(organization):
    """What the file says for `organization`, inside its scope; nothing for those it does not name."""
    data = _data().get(organization.slug, {})
    for name, wanted in data.get("ideal", {}).items():
        _ideal(Actor.objects.get(key=key_of(organization, name)), dict(wanted))
    for entry in data.get("missing_roles", []):
        holder = services.held_by(entry["holder"], "holder", "holder_name")
        facts = {name: value for name, value in entry.items() if name != "holder"}
        shared.append(
            MissingRole(organization=organization, key=key_of(organization, entry["role"]), **facts, **holder)
        )
    taken = {}
    for entry in data.get("moments", []):
        facts = {name: entry[name] for name in ("kind", "taken_on", "people", "note")}
        state = _then(organization, queries.today(full=True), entry)
        taken[entry["kind"]] = shared.save(MapSnapshot(organization=organization, data=pack(state), **facts))
    for entry in data.get("reasons", []):
        before = taken[entry["since"]]
        changes = compare(queries.state_at(before), queries.today())
        wanted = (str(key_of(organization, entry["actor"])), entry["field"])
        [ref] = [change.ref for change in changes if (change.key, change.field) == wanted]
        moments.explain(before=before, change=ref, text=entry["text"], by=None)


def _ideal(actor, wanted):
    holder = services.held_by(wanted.pop("holder", ""), "role_holder", "role_holder_name")
    facts = {"ideal_note": wanted.pop("note", ""), **wanted, **holder}
    for name, value in facts.items():
        setattr(actor, name, value)
    shared.save(actor)


def _then(organization, now: MapState, entry) -> MapState:
    """The map as it was: without who came later, with who has left since, and with what was different."""
    absent = {str(key_of(organization, name)) for name in entry.get("absent", [])}
    earlier = {str(key_of(organization, name)): _tuples(facts) for name, facts in entry.get("then", {}).items()}
    stayed = [replace(one, **earlier.get(one.key, {})) for one in now.actors if one.key not in absent]
    left = [ActorState(key=str(key_of(organization, one["name"])), **_tuples(one)) for one in entry.get("left", [])]
    return replace(now, actors=(*stayed, *left))


def _tuples(facts):
    return {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
