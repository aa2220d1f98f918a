"""Changes to reports of alliances. Each verb is one transaction."""

from django.db import transaction

from alianzas import services as shared
from alianzas.concurrency import Changed
from plans.models import AllianceReport


@transaction.atomic
def begin(*, organization, by, **facts) -> AllianceReport:
    """Begin the report of a period. ValidationError when there is one of it already. Records an Event."""
    shared.lock(organization)
    row = shared.save(AllianceReport(organization=organization, by=by, **facts))
    shared.record(organization=organization, user=by, verb="report.begun", detail={"report": row.pk})
    return row


@transaction.atomic
def write(*, report, by, version, **facts) -> AllianceReport:
    """Keep what people wrote over the report as it was at `version`. Raises ValidationError, or Changed."""
    shared.lock(report.organization)
    row = AllianceReport.objects.select_related("organization").get(pk=report.pk)
    if row.version != version:
        raise Changed("este reporte", row)
    for name, value in facts.items():
        setattr(row, name, value)
    row.version, row.by = row.version + 1, by
    return shared.save(row)


@transaction.atomic
def set_withdrawn(*, report, by, is_withdrawn: bool):
    """Take a report off the list, or put it back; ValidationError when there is another one of its period by now."""
    report.is_withdrawn = is_withdrawn
    shared.save(report)
    verb = "report.withdrawn" if is_withdrawn else "report.put_back"
    shared.record(organization=report.organization, user=by, verb=verb, detail={"report": report.pk})
