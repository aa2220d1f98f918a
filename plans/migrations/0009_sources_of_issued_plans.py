"""What an issued version is made of is frozen like the version (see `issued_plans_are_frozen`)."""

import django.db.models.deletion
from django.db import migrations, models


TABLE, COLUMNS = "plans_plansource", ("version_id", "data", "organization_id")
NAME, MESSAGE = f"{TABLE}_is_frozen", "issued versions do not change"


def freeze(apps, schema_editor):
    listed = ", ".join(f'"{column}"' for column in COLUMNS)
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f'CREATE TRIGGER {NAME} BEFORE UPDATE OF {listed} ON "{TABLE}" '
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION {NAME}() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION "
            f"USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '{MESSAGE}'; END $$ LANGUAGE plpgsql"
        )
        schema_editor.execute(
            f'CREATE TRIGGER {NAME} BEFORE UPDATE OF {listed} ON "{TABLE}" FOR EACH ROW EXECUTE FUNCTION {NAME}()'
        )


def thaw(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME}")
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f'DROP TRIGGER IF EXISTS {NAME} ON "{TABLE}"')
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {NAME}()")


class Migration(migrations.Migration):

    dependencies = [
        ('alianzas', '0010_links_say_which_plan'),
        ('plans', '0008_rounds_and_readings_of_rehearsals'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlanSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('data', models.JSONField()),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alianzas.organization')),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='source', to='plans.planversion')),
            ],
            options={
                'verbose_name': 'datos de una versión',
            },
        ),
        migrations.RunPython(freeze, thaw),
    ]
