"""What the map proves of the method."""

from django.db.models import Count, Q

from sessions_app.evidence import Evidence, Known, knows

from .models import Actor, MapSnapshot, MissingRole


@knows
def of_the_map(organizations):
    """Current map, ideal system and baseline of each organisation. Three queries."""
    counted = {
        row["organization"]: row
        for row in Actor.objects.order_by()
        .values("organization")
        .annotate(
            total=Count("pk", filter=Q(in_matrix=True)),
            placed=Count("pk", filter=Q(in_matrix=True) & ~Q(relation="") & ~Q(result="")),
            wanted=Count("pk", filter=~Q(desired_role="") | ~Q(desired_relation="") | ~Q(desired_result="")),
        )
    }
    lacking = set(MissingRole.objects.values_list("organization_id", flat=True))
    baselines = MapSnapshot.objects.filter(kind=MapSnapshot.Kind.BASELINE, is_withdrawn=False)
    frozen = set(baselines.values_list("organization_id", flat=True))
    return {
        one.pk: _known(counted.get(one.pk, {}), has_roles=one.pk in lacking, has_baseline=one.pk in frozen)
        for one in organizations
    }


def _known(counts, *, has_roles, has_baseline):
    total, placed = counts.get("total", 0), counts.get("placed", 0)
    unplaced = f"poner en el mapa a {total - placed} de {total} actores" if total else "nombrar a los actores"
    return Known(
        {
            "mapa": Evidence(placed / total if total else 0.0, "" if total and placed == total else unplaced),
            "ideal": Evidence(float(bool(counts.get("wanted") or has_roles)), "pensar el sistema ideal"),
            "linea-base": Evidence(float(has_baseline), "guardar la línea base"),
        }
    )
