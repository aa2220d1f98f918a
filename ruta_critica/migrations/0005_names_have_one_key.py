import alianzas.fields
from alianzas.name_keys import give_keys
from django.conf import settings
from django.db import migrations, models


def give(apps, schema_editor):
    give_keys(
        apps.get_model("ruta_critica", "Ally"),
        "name_key",
        together=lambda row: row.organization_id if row.name else None,
        alias=schema_editor.connection.alias,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('alianzas', '0004_shared_links'),
        ('ruta_critica', '0004_relation'),
        ('sysmap', '0004_known_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='ally',
            name='one_new_ally_per_name',
        ),
        migrations.AddField(
            model_name='ally',
            name='name_key',
            field=alianzas.fields.NameKey(default='', editable=False, max_length=201, of=('name',)),
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='ally',
            constraint=models.UniqueConstraint(condition=models.Q(('name', ''), _negated=True), fields=('organization', 'name_key'), name='one_new_ally_per_name', violation_error_message='Ya hay un aliado con ese nombre.'),
        ),
    ]
