import alianzas.fields
from alianzas.name_keys import give_keys
from django.db import migrations, models


def give(apps, schema_editor):
    alias = schema_editor.connection.alias
    names = apps.get_model("sysmap", "KnownName")._base_manager.using(alias)
    for actor in give_keys(apps.get_model("sysmap", "Actor"), "name_key", alias=alias):
        names.get_or_create(
            organization_id=actor.organization_id,
            key=actor.key,
            name=actor.name,
            defaults={"alias": actor.alias if actor.is_sensitive else ""},
        )


class Migration(migrations.Migration):

    dependencies = [
        ('alianzas', '0004_shared_links'),
        ('sysmap', '0004_known_names'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='actor',
            name='one_actor_per_name',
        ),
        migrations.AddField(
            model_name='actor',
            name='name_key',
            field=alianzas.fields.NameKey(default='', editable=False, max_length=201, of=('name',)),
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.UniqueConstraint(fields=('organization', 'name_key'), name='one_actor_per_name', violation_error_message='Ya está en el mapa un actor con ese nombre.'),
        ),
    ]
