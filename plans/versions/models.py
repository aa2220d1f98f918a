"""Versions of the Plan that were issued: rows and files that nothing changes any more."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from alianzas.dates import long_date
from alianzas.fields import MEDIUM, Words
from alianzas.models import OrgModel, User

FROZEN = "Una versión emitida ya no cambia. Si hay algo que corregir, corrígelo en el Plan y emite otra."


def issued_path(file, filename):
    return f"{file.organization_id}/plan/{uuid.uuid4().hex}"


class PlanVersion(OrgModel):
    """The Plan as it was issued. The database refuses to change its rows too (migration `issued_plans_are_frozen`).

    `facts` is what `frozen.facts_of` makes, protected names already hidden: what changed since is told from it.
    `content` names what the documents said, but for the number and the date of the version.
    """

    number = models.PositiveIntegerField("versión")
    issued_at = models.DateTimeField("emitida")
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    note = Words("nota", limit=MEDIUM)
    gaps = models.JSONField("lo que le faltaba", default=list, blank=True)
    facts = models.JSONField()
    content = models.CharField(max_length=64)

    class Meta:
        verbose_name = "versión del Plan"
        verbose_name_plural = "versiones del Plan"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["organization", "number"], name="one_version_per_number")]

    def __str__(self):
        return f"Versión {self.number}"

    def clean(self):
        super().clean()
        if self.pk:
            raise ValidationError(FROZEN)

    @property
    def stamp(self):
        """What its pages say: number and day."""
        return f"{self} · {long_date(timezone.localdate(self.issued_at))}"


class PlanSource(OrgModel):
    """What the documents of a version are made of (`sources.source_of`), to be masked as of any later day.

    It holds the real words: only `sources` reads it. Versions issued before there was one have none.
    """

    version = models.OneToOneField(PlanVersion, models.CASCADE, related_name="source")
    data = models.JSONField()

    class Meta:
        verbose_name = "datos de una versión"

    def __str__(self):
        return f"Datos de la {self.version}"

    def clean(self):
        super().clean()
        if self.pk:
            raise ValidationError(FROZEN)


class PlanFile(OrgModel):
    """One file of an issued version, with the digest by which anybody can tell that it is the one that was issued."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="files")
    format = models.CharField("formato", max_length=4)
    file = models.FileField("archivo", upload_to=issued_path)
    size = models.PositiveIntegerField("bytes")
    sha256 = models.CharField("huella SHA-256", max_length=64)

    class Meta:
        verbose_name = "archivo de una versión"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "format"], name="one_file_per_format")]

    def __str__(self):
        return f"{self.version} · {self.format}"

    def clean(self):
        super().clean()
        if self.pk:
            raise ValidationError(FROZEN)
