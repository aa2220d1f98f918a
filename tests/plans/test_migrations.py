"""The three texts that the Plan had become texts linked to their drafts, and back."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = ("plans", "0002_diagnosis_ballots_and_possibility"), ("plans", "0003_texts_of_the_plan")
BESIDE = ("alianzas", "0003_identity_and_horizons")


@pytest.fixture
def migrate(transactional_db):
    """`migrate(target)` gives the models as they are there; afterwards everything is up again."""

    def to(target):
        executor = MigrationExecutor(connection)
        executor.migrate([target])
        return executor.loader.project_state([target, BESIDE]).apps

    yield to
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_texts_move_up_and_down_and_none_is_lost(migrate):
    then = migrate(BEFORE)
    program = then.get_model("alianzas", "Program").objects.create(name="P", slug="p")
    organizations = [
        then.get_model("alianzas", "Organization").objects.create(program=program, slug=slug, name=slug, field="x")
        for slug in ("una", "otra")
    ]
    plan = then.get_model("plans", "Plan")._base_manager
    plan.create(organization=organizations[0], purpose="Para qué", conclusions="Fin")
    plan.create(organization=organizations[1])
    now = migrate(AFTER)
    kept = now.get_model("plans", "PlanText")._base_manager
    assert set(kept.values_list("organization__slug", "key", "text")) == {
        ("una", "purpose", "Para qué"),
        ("una", "conclusions", "Fin"),
    }
    again = migrate(BEFORE).get_model("plans", "Plan")._base_manager
    assert list(again.values_list("semblanza", "purpose", "conclusions")) == [("", "Para qué", "Fin")]
