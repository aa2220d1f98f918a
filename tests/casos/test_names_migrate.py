"""Names that were two for the database and one for people: every row is kept, the second with a number."""

import unicodedata
import uuid

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

BEFORE = [
    ("alianzas", "0004_shared_links"),
    ("sysmap", "0004_known_names"),
    ("ruta_critica", "0004_relation"),
    ("sessions_app", "0010_ratings"),
]
NAME = "Fundación Ánimas"
SAME = [NAME, unicodedata.normalize("NFD", NAME), "FUNDACIÓN ÁNIMAS", f"{NAME} (2)", "FUNDACION ANIMAS"]
KEPT = [NAME, unicodedata.normalize("NFD", NAME) + " (3)", "FUNDACIÓN ÁNIMAS (4)", f"{NAME} (2)", "FUNDACION ANIMAS"]


@pytest.fixture
def back(transactional_db):
    """The models as they were before names had a key; afterwards everything is up again."""
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield executor.loader.project_state(BEFORE).apps
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_duplicates_are_kept_with_a_number_and_look_alike(back):
    def rows(app, model):
        return back.get_model(app, model)._base_manager

    program = rows("alianzas", "Program").create(name="P", slug="p")
    org, other = (
        rows("alianzas", "Organization").create(program=program, slug=slug, name=slug, field="x") for slug in ("a", "b")
    )
    for name in SAME:
        rows("alianzas", "ActionLine").create(organization=org, name=name)
        rows("sysmap", "Actor").create(organization=org, name=name, key=uuid.uuid4())
        rows("ruta_critica", "Ally").create(organization=org, name=name)
        rows("sessions_app", "Attendance").create(organization=org, session_key="1", name=name, post="Dirección")
    rows("sysmap", "Actor").create(organization=other, name=NAME.upper(), key=uuid.uuid4())
    for actor in list(rows("sysmap", "Actor").filter(organization=org))[:2]:
        if actor.name != NAME:
            actor.is_sensitive, actor.alias = True, "Actor A"
            actor.save()
    linked = rows("sysmap", "Actor").filter(organization=org).first()
    rows("ruta_critica", "Ally").create(organization=org, actor=linked)
    for post in ("Enlace", "ENLACE"):
        rows("sessions_app", "Attendance").create(organization=org, session_key="1", post=post)
    run = rows("sessions_app", "SessionRun").create(organization=org, session_key="1", opened_at=timezone.now())
    for place, (name, out) in enumerate([("Luz", None), ("LUZ", None), ("luz", timezone.now())]):
        facts = {"name": name, "key_digest": f"k{place}", "expelled_at": out}
        rows("sessions_app", "Participant").create(organization=org, run=run, **facts)

    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    executor.migrate(leaves)
    now = MigrationExecutor(connection).loader.project_state(leaves).apps

    def names(app, model, **which):
        found = now.get_model(app, model)._base_manager.filter(organization_id=org.pk, **which)
        return list(found.order_by("pk").values_list("name", flat=True))

    assert names("alianzas", "ActionLine") == KEPT
    assert names("sysmap", "Actor") == KEPT
    assert names("ruta_critica", "Ally", actor=None) == KEPT
    assert names("sessions_app", "Attendance", post="Dirección") == KEPT
    assert names("sessions_app", "Participant") == ["Luz", "LUZ (2)", "luz"]
    people = now.get_model("sessions_app", "Attendance")._base_manager.filter(name="")
    assert list(people.order_by("pk").values_list("post", flat=True)) == ["Enlace", "ENLACE (2)"]
    actors = now.get_model("sysmap", "Actor")._base_manager
    assert actors.get(organization_id=other.pk).name == NAME.upper()
    hidden = now.get_model("sysmap", "KnownName")._base_manager.get(name=KEPT[1])
    assert hidden.alias == "Actor A"

    from sysmap.similar import suggestions

    pairs = suggestions({str(place): name for place, name in enumerate(KEPT)})
    assert {(pair.one, pair.why) for pair in pairs if pair.other == "1"} == {("0", "se escriben igual")}
