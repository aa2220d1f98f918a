"""What people write into the Plan over the texts drafted from data."""

from django.db import models

from alianzas.fields import Words
from alianzas.models import OrgModel, User


class PlanText(OrgModel):
    """A text of the Plan as people wrote it. Where it is empty, the one drafted from data stands.

    `drafted` is what the draft said when people last looked at it: another draft now means that the data changed.
    `set_aside` is their text since they went back to the draft, so that they can have it again.
    """

    key = models.CharField("texto", max_length=20)  # of `drafts.TEXTS`
    text = Words("texto")
    drafted = Words("texto del que partió", limit=3 * 6000)
    set_aside = Words("texto que se dejó")
    version = models.PositiveIntegerField(default=0)
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "texto del Plan"
        constraints = [models.UniqueConstraint(fields=["organization", "key"], name="one_text_per_key")]

    def __str__(self):
        return self.key
