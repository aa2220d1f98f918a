from django.conf import settings
from django.db import migrations

from alianzas.zones import zone_for


def take_what_places_say(apps, schema_editor):
    """Organisations whose «lugar» leaves no doubt, and whose clocks are not the server's; the others stay as they are."""
    Organization = apps.get_model("alianzas", "Organization")
    for pk, place in Organization.objects.filter(time_zone="").exclude(place="").values_list("pk", "place"):
        found = zone_for(place)
        if found and found.zone != settings.TIME_ZONE:
            Organization.objects.filter(pk=pk).update(time_zone=found.zone)


class Migration(migrations.Migration):

    dependencies = [
        ("alianzas", "0007_events_of_calendars_have_versions"),
    ]

    operations = [migrations.RunPython(take_what_places_say, migrations.RunPython.noop)]
