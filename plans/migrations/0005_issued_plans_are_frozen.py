"""The database itself refuses to change what was issued. `by` may still be emptied, when an account is deleted.

SQLite drops a trigger when Django remakes its table: whoever alters these tables later creates it again.
"""

from django.db import migrations

FROZEN = {
    "plans_planversion": ("number", "issued_at", "note", "gaps", "facts", "content", "organization_id"),
    "plans_planfile": ("version_id", "format", "file", "size", "sha256", "organization_id"),
}
MESSAGE = "issued versions do not change"


def freeze(apps, schema_editor):
    for table, columns in FROZEN.items():
        name, listed = f"{table}_is_frozen", ", ".join(f'"{column}"' for column in columns)
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(
                f'CREATE TRIGGER {name} BEFORE UPDATE OF {listed} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        elif schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION "
                f"USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '{MESSAGE}'; END $$ LANGUAGE plpgsql"
            )
            schema_editor.execute(
                f'CREATE TRIGGER {name} BEFORE UPDATE OF {listed} ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()'
            )


def thaw(apps, schema_editor):
    for table in FROZEN:
        name = f"{table}_is_frozen"
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        elif schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f'DROP TRIGGER IF EXISTS {name} ON "{table}"')
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0004_versions_of_the_plan'),
    ]

    operations = [migrations.RunPython(freeze, thaw)]
