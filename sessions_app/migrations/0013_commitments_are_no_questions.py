"""Commitments say what is owed: until now some said the question they were answered in."""

from django.db import migrations

# The question as it was, and what is owed. With «Resolver: » (and the ally before it) it is a gap.
GAPS = {
    "¿Hay presentación base?": "Tener lista la presentación base",
    "¿Informamos con regularidad (cada semestre o cada año) del impacto conjunto que logran las alianzas?": "Informar con regularidad del impacto conjunto de las alianzas",
    "¿Hay ruta clara de cierre de proyecto?": "Tener clara la ruta de cierre de proyecto",
    "¿Hay ruta para seguir la alianza cuando el proyecto original acabe?": "Tener la ruta para seguir la alianza cuando el proyecto acabe",
}
ROWS = {
    "¿Quién lleva a cabo la acción y para cuándo?": "Acción proactiva por escribir",
    "¿Quién hace el primer borrador? ¿Para cuándo?": "Primer borrador de la presentación base",
    "Si falta algo en el MoU, ¿quién presenta un borrador para validarlo y para cuándo?": "Borrador de lo que falta en el MoU",
    "Si falta algo en la estrategia de comunicación, ¿quién presenta un borrador y para cuándo?": "Borrador de lo que falta en la estrategia de comunicación",
    "¿Quién hace el borrador? ¿Para cuándo?": "Borrador del reporte de alianzas",
    "¿Cada cuánto y cómo mantendremos el contacto, y quién se encarga?": "Contacto con los aliados, por escribir cómo",
    "¿Qué sigue, quién lo hace y para cuándo?": "Siguiente paso por escribir",
    "¿Qué sigue, en qué plazo, quién lo hace y para cuándo?": "Siguiente paso por escribir",
    "Hoja de ruta de cierre: ¿quién da cada paso y para cuándo?": "Paso del cierre por escribir",
    "¿Qué pagos, entregas y responsabilidades quedan pendientes?": "Pendiente con el aliado, por escribir",
    "¿Quién lo hace y para cuándo?": "Acuerdo por escribir",
}


def say_what_is_owed(apps, schema_editor):
    commitments = apps.get_model("alianzas", "Commitment").objects
    for question, owed in ROWS.items():
        commitments.filter(title=question).update(title=owed)
    for question, owed in GAPS.items():
        for one in commitments.filter(title__endswith=f"Resolver: {question}"):
            one.title = one.title.replace(f"Resolver: {question}", owed)
            one.save(update_fields=["title"])


class Migration(migrations.Migration):

    dependencies = [
        ("sessions_app", "0012_names_have_one_key"),
        ("alianzas", "0004_shared_links"),
    ]

    operations = [migrations.RunPython(say_what_is_owed, migrations.RunPython.noop)]
