"""The three texts of `Plan` become rows of `PlanText`, one for each section, with what they were drafted from."""

import alianzas.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEYS = ("semblanza", "purpose", "conclusions")


def keep_texts(apps, schema_editor):
    plan, text = apps.get_model("plans", "Plan"), apps.get_model("plans", "PlanText")
    for row in plan._base_manager.all():
        for key in KEYS:
            if getattr(row, key):
                text._base_manager.create(organization_id=row.organization_id, key=key, text=getattr(row, key), version=1)


def bring_back(apps, schema_editor):
    plan, text = apps.get_model("plans", "Plan"), apps.get_model("plans", "PlanText")
    for row in text._base_manager.filter(key__in=KEYS).exclude(text=""):
        found, _ = plan._base_manager.get_or_create(organization_id=row.organization_id)
        setattr(found, row.key, row.text)
        found.save()


class Migration(migrations.Migration):

    dependencies = [
        ('alianzas', '0003_identity_and_horizons'),
        ('plans', '0002_diagnosis_ballots_and_possibility'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PlanText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=20, verbose_name='texto')),
                ('text', alianzas.fields.Words(blank=True, default='', limit=6000, verbose_name='texto')),
                ('drafted', alianzas.fields.Words(blank=True, default='', limit=18000, verbose_name='texto del que partió')),
                ('set_aside', alianzas.fields.Words(blank=True, default='', limit=6000, verbose_name='texto que se dejó')),
                ('version', models.PositiveIntegerField(default=0)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alianzas.organization')),
            ],
            options={
                'verbose_name': 'texto del Plan',
                'constraints': [models.UniqueConstraint(fields=('organization', 'key'), name='one_text_per_key')],
            },
        ),
        migrations.RunPython(keep_texts, bring_back),
        migrations.DeleteModel(name='Plan'),
    ]
