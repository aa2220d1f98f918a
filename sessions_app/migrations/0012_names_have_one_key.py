import alianzas.fields
from alianzas.name_keys import give_keys
from django.db import migrations, models


def give(apps, schema_editor):
    alias = schema_editor.connection.alias
    people, guests = apps.get_model("sessions_app", "Attendance"), apps.get_model("sessions_app", "Participant")
    give_keys(people, "person_key", together=lambda row: (row.organization_id, row.session_key), alias=alias)
    give_keys(guests, "name_key", together=lambda row: row.run_id if row.expelled_at is None else None, alias=alias)


class Migration(migrations.Migration):

    dependencies = [
        ('alianzas', '0004_shared_links'),
        ("sessions_app", "0011_events_of_calendars_have_versions"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='attendance',
            name='one_attendance_per_person_and_session',
        ),
        migrations.AddField(
            model_name='attendance',
            name='person_key',
            field=alianzas.fields.NameKey(default='', editable=False, max_length=402, of=('name', 'post')),
        ),
        migrations.AddField(
            model_name='participant',
            name='name_key',
            field=alianzas.fields.NameKey(default='', editable=False, max_length=201, of=('name',)),
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('organization', 'session_key', 'person_key'), name='one_attendance_per_person_and_session', violation_error_message='Ya hay alguien con ese puesto y ese nombre en la lista.'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(condition=models.Q(('expelled_at', None)), fields=('run', 'name_key'), name='one_name_inside_a_run', violation_error_message='Ya hay alguien en el taller con ese nombre.'),
        ),
    ]
