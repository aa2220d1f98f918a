"""What was answered to S2.3.d in a worksheet becomes the missing roles that the ideal map shows."""

from django.db import migrations


def bring(apps, schema_editor):
    answers = apps.get_model("sessions_app", "Answer")._base_manager.using(schema_editor.connection.alias)
    roles = apps.get_model("sysmap", "MissingRole")._base_manager.using(schema_editor.connection.alias)
    for answer in answers.filter(prompt_key="S2.3.d").exclude(value=None):
        for position, row in enumerate(answer.value):
            if text := " ".join(str(row.get("text", "")).split())[:200]:
                roles.create(organization_id=answer.organization_id, role=text, position=position)


class Migration(migrations.Migration):
    dependencies = [
        ("sysmap", "0002_ideal_moments_and_removals"),
        ("sessions_app", "0002_sessions_desk"),
    ]

    operations = [migrations.RunPython(bring, migrations.RunPython.noop)]
