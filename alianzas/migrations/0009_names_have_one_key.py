import alianzas.fields
from alianzas.name_keys import give_keys
from django.db import migrations, models


def give(apps, schema_editor):
    give_keys(apps.get_model("alianzas", "ActionLine"), "name_key", alias=schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [
        ("alianzas", "0008_places_say_their_time_zone"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='actionline',
            name='one_line_per_name',
        ),
        migrations.AddField(
            model_name='actionline',
            name='name_key',
            field=alianzas.fields.NameKey(default='', editable=False, max_length=201, of=('name',)),
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='actionline',
            constraint=models.UniqueConstraint(fields=('organization', 'name_key'), name='one_line_per_name', violation_error_message='Ya hay una línea de acción con ese nombre.'),
        ),
    ]
