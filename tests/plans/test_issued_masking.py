"""What was issued, masked for whoever reads it on the day they read it."""

import re
import unicodedata
import zipfile
from html import unescape
from io import BytesIO

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django_scopes import scope
from openpyxl import load_workbook
from pypdf import PdfReader

from alianzas.models import Event, Photo, SharedLink
from alianzas.names import looks_like
from alianzas.services import save
from plans import queries
from plans.models import PlanSource, PlanVersion, Strategy
from plans.sharing.products import NONE_ISSUED
from plans.versions import services
from sessions_app.models import Attendance
from sysmap import services as map_services
from sysmap.models import Actor
from tests import factories as make
from tests.plans.test_sharing import share, shared  # noqa: F401 (a fixture)

SECRET, PERSON, ALIAS, POST = "Comandante Rojas", "Lucía Robles", "Actor 7", "Enlace comunitario"
TOLD = re.compile(r"rojas|robles|luc[ií]a", re.IGNORECASE)
FORMATS = ("pdf", "docx", "xlsx")


@pytest.fixture
def worked(org):
    """A Plan in which two names are written everywhere people can write."""
    said = f"Hablar con {SECRET.upper()} y con {unicodedata.normalize('NFD', PERSON)}; lo de  Comandante\u00a0Rojas."
    for name in ("mission", "vision", "desired_result", "field", "place"):
        setattr(org, name, said)
    org.letterhead = f"Casa de {PERSON}"
    org.save()
    actor = make.make_actor(
        org, SECRET, relation="strong", result="positive", rules=f"Pregunten a {PERSON}", primary_resource=said
    )
    make.make_actor(org, "Radio", relation="weak", result="negative", rules=said)
    line = make.make_line(org, f"Línea de {SECRET}", description=said)
    strategy = make.make_strategy(org, line, text=said, why=said, priority=1)
    row = make.make_outcome_row(org, strategy, make.make_ally(org, actor=actor), objective=said)
    make.make_marker(row, text=said)
    make.make_activity(row, title=said, responsible=PERSON)
    make.make_next_step(org, said, responsible=PERSON)
    make.make_attendance(org, post=POST, name=PERSON)
    make.make_attendance(org, post="Dirección", name="Ana")
    with scope(organization=org):
        photo = Photo(organization=org, caption=f"Con {SECRET}", in_plan=True, has_consent=True)
        photo.image.save("foto.jpg", ContentFile(make.picture_bytes(format="JPEG")), save=False)
        save(photo)
        yield org


def issue(org, by=None, **facts):
    return services.issue(organization=org, by=by, data=queries.plan_data(org), with_gaps=True, **facts)


def drawn_nowhere(document, fmt):
    """The words of a document in place of its files, for what does not look at them."""
    return b"PK" if fmt == "docx" else fmt.encode()


def protect_and_rename():
    actor = Actor.objects.get(name=SECRET)
    actor.is_sensitive, actor.alias = True, ALIAS
    map_services.keep(actor)
    Attendance.objects.filter(name=PERSON).update(name="Persona 3")


def everything_in(content, fmt):
    """All that a file tells: words, title and author, bookmarks, names of sheets, texts of drawings."""
    if fmt == "pdf":
        reader = PdfReader(BytesIO(content))
        outline = [one.title for one in _flat(reader.outline)]
        with pypdfium2.PdfDocument(content) as pdf:
            words = [page.get_textpage().get_text_range() for page in pdf]
        return " ".join([*words, *outline, *map(str, (reader.metadata or {}).values())])
    with zipfile.ZipFile(BytesIO(content)) as book:
        parts = [name for name in book.namelist() if name.endswith((".xml", ".rels"))]
        raw = unescape(" ".join(book.read(name).decode("utf-8", "replace") for name in parts))
    names = load_workbook(BytesIO(content)).sheetnames if fmt == "xlsx" else []
    return " ".join([raw, re.sub(r"<[^>]+>", "", raw), *names])


def _flat(outline):
    for one in outline:
        yield from _flat(one) if isinstance(one, list) else [one]


def told(text):
    return TOLD.findall(unicodedata.normalize("NFC", re.sub(r"data:[^\"]+", "", text)))


def test_nothing_that_was_protected_since_leaves_with_an_issued_plan(login, cast, client, worked, share):  # noqa: F811
    """One issued Plan; then a name is protected and a person renamed: 0 occurrences in every place but one."""
    version = issue(worked, cast.editor)
    assert "rojas" in everything_in(services.content_of(version.files.get(format="docx")), "docx").lower()
    _, token = share(shows=("plan",))
    protect_and_rename()
    page = client.get(shared(token, "compartido-producto", "plan")).content.decode()
    assert ALIAS in page
    assert POST in page
    places = {"link": page, "home": client.get(shared(token)).content.decode()}
    for fmt in FORMATS:
        answer = client.get(shared(token, f"compartido-{fmt}", "plan"))
        places[f"link {fmt}"] = everything_in(answer.content, fmt) + answer["Content-Disposition"]
        assert ALIAS.lower() in looks_like(places[f"link {fmt}"])
        for who in ("viewer", "manager", "editor") if fmt == "docx" else ("viewer",):
            taken = login(getattr(cast, who)).get(reverse("plan-archivo", args=[worked.slug, 1, fmt]))
            assert taken.status_code == 200
            places[f"{who} {fmt}"] = everything_in(taken.content, fmt) + taken["Content-Disposition"]
    reader = login(cast.viewer)
    places["versions"] = reader.get(reverse("plan-versiones", args=[worked.slug])).content.decode()
    zipped = {
        "portfolio": login(cast.manager).get(reverse("planes-zip")),
        "pack": reader.get(reverse("entregables-zip", args=[worked.slug])),
    }
    for kind, answer in zipped.items():
        with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as book:
            for name in book.namelist():
                fmt = name.rsplit(".", 1)[-1]
                if "plan-de-alianzas" in name:
                    places[f"{kind} {name}"] = name + everything_in(book.read(name), fmt)
    assert len(places) == 3 + 3 + 5 + 3 + 6
    drafts = {place for place in places if "borrador" in place}  # of today: people are named where data name them
    assert not any("rojas" in looks_like(places.pop(place)) for place in drafts)
    assert {place: found for place, text in places.items() if (found := told(text))} == {}
    assert "nombres protegidos" in places["viewer docx"]
    original = login(cast.facilitator).get(reverse("plan-archivo", args=[worked.slug, 1, "docx"])).content
    assert original == services.content_of(version.files.get(format="docx"))


def test_whoever_facilitates_is_told_to_issue_another(login, cast, worked):
    issue(worked, render=drawn_nowhere)
    address = reverse("plan-versiones", args=[worked.slug])
    assert "Emite otra versión" not in login(cast.facilitator).get(address).content.decode()
    protect_and_rename()
    assert "Emite otra versión" in login(cast.facilitator).get(address).content.decode()
    reader = login(cast.viewer).get(address).content.decode()
    assert "Aquí la recibes con eso oculto" in reader
    assert not told(reader)
    issue(worked, render=drawn_nowhere)
    assert reader.count("hoy está protegido") == 1
    shown = login(cast.facilitator).get(address).content.decode()
    assert shown.index("Versión 2</h3>") < shown.index("hoy está protegido")


def test_without_anything_new_everybody_has_the_very_file(login, cast, worked):
    version = issue(worked, render=drawn_nowhere)
    for who in ("viewer", "manager", "editor", "facilitator"):
        answer = login(getattr(cast, who)).get(reverse("plan-archivo", args=[worked.slug, version.number, "pdf"]))
        assert answer.content == b"pdf"
        assert "nombres-protegidos" not in answer["Content-Disposition"]


def test_who_can_no_longer_be_named_or_shown_is_masked_too(login, cast, worked):
    issue(worked, render=drawn_nowhere)
    Photo.objects.update(has_consent=False)
    answer = login(cast.viewer).get(reverse("plan-archivo", args=[worked.slug, 1, "docx"]))
    assert "nombres-protegidos" in answer["Content-Disposition"]
    with zipfile.ZipFile(BytesIO(answer.content)) as book:
        assert not [name for name in book.namelist() if name.startswith("word/media/") and "jp" in name]


def test_a_version_without_its_data_is_withheld_from_readers(login, cast, client, worked, share):  # noqa: F811
    issue(worked)
    PlanSource.objects.all().delete()
    address = reverse("plan-archivo", args=[worked.slug, 1, "pdf"])
    assert login(cast.viewer).get(address).status_code == 200
    protect_and_rename()
    answer = login(cast.viewer).get(address)
    assert answer.status_code == 403
    assert "otra versión" in answer.content.decode()
    assert login(cast.facilitator).get(address).status_code == 200
    client.logout()
    _, token = share(shows=("plan",))
    page = client.get(shared(token, "compartido-producto", "plan")).content.decode()
    assert "versión 1, que se hizo antes" in page
    assert client.get(shared(token, "compartido-pdf", "plan")).status_code == 404
    book = _planes(login(cast.manager))
    assert "va el borrador" in book.read("00-avisos.txt").decode("utf-8-sig")
    assert [name for name in book.namelist() if "_Borrador." in name]


def test_a_name_in_the_column_of_posts_is_not_published(client, worked, share):  # noqa: F811
    """Two columns pasted the other way round, issued, and put right later."""
    Attendance.objects.filter(name=PERSON).update(name="Coordinación de ingresos", post=PERSON)
    issue(worked, render=drawn_nowhere)
    Attendance.objects.filter(post=PERSON).update(name=PERSON, post="Coordinación de ingresos")
    _, token = share(shows=("plan",))
    page = client.get(shared(token, "compartido-producto", "plan")).content.decode()
    assert not re.findall("robles|luc[ií]a", unicodedata.normalize("NFC", page), re.IGNORECASE)


# ── Which Plan a link shows ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_link_shows_the_last_issued_version_until_another_is_issued(client, worked, share):  # noqa: F811
    _, token = share(shows=("plan",))
    address = shared(token, "compartido-producto", "plan")
    assert "todavía no emite su Plan" in client.get(address).content.decode()
    assert NONE_ISSUED in client.get(shared(token)).content.decode()
    assert client.get(shared(token, "compartido-docx", "plan")).status_code == 404
    issue(worked, render=drawn_nowhere)
    Strategy.objects.update(text="Algo que se pensó después")
    page = client.get(address).content.decode()
    assert "Versión 1" in page
    assert "Algo que se pensó después" not in page
    issue(worked, render=drawn_nowhere)
    page = client.get(address).content.decode()
    assert "Versión 2" in page
    assert "Algo que se pensó después" in page


def test_a_link_of_the_draft_shows_what_data_say_today(as_editor, client, worked):
    facts = {"label": "Equipo", "shows": ["plan"], "plan_state": "draft", "last_day": "2027-01-15"}
    said = {"key": "7f3ad0c4-24f4-4d2e-9f0c-5e1c1d3a0a11"} | facts
    answer = as_editor.post(reverse("compartir", args=[worked.slug]), said)
    [token] = set(re.findall(r"/c/([\w-]+)/", answer.content.decode()))
    assert SharedLink.objects.get().plan_state == "draft"
    assert "el borrador de cada día" in as_editor.get(reverse("compartir", args=[worked.slug])).content.decode()
    issue(worked, render=drawn_nowhere)
    Strategy.objects.update(text="Algo que se pensó después")
    page = client.get(shared(token, "compartido-producto", "plan")).content.decode()
    assert "Algo que se pensó después" in page
    assert re.search(r"Borrador · \d{1,2} \w{3} \d{4} · para compartir", page)


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_link_hands_over_the_plan_in_three_formats(client, worked, share, fmt):  # noqa: F811
    issue(worked, render=drawn_nowhere)
    _, token = share(shows=("plan", "mapa"))
    answer = client.get(shared(token, f"compartido-{fmt}", "plan"))
    assert answer.status_code == 200
    assert f".{fmt}" in answer["Content-Disposition"]
    assert Event.objects.first().verb == "link.taken"
    if fmt != "pdf":
        assert client.get(shared(token, f"compartido-{fmt}", "mapa")).status_code == 404


# ── The ZIP of the portfolio ────────────────────────────────────────────────────────────────────────────────────────


def _planes(client):
    return zipfile.ZipFile(BytesIO(b"".join(client.get(reverse("planes-zip")).streaming_content)))


def test_the_portfolio_has_what_was_issued_or_the_draft_and_says_which(login, cast, worked):
    manager = login(cast.manager)
    book = _planes(manager)
    names = [f"{worked.slug}_plan-de-alianzas_Borrador.{fmt}" for fmt in FORMATS]
    assert book.namelist() == names
    for name in names:
        assert "Borrador" in everything_in(book.read(name), name[-4:].strip("."))
    pages = PdfReader(BytesIO(book.read(names[0]))).pages
    assert all("Borrador" in page.extract_text() for page in pages)
    issue(worked, render=drawn_nowhere)
    book = _planes(manager)
    assert book.namelist() == [f"{worked.slug}_plan-de-alianzas_version-1.{fmt}" for fmt in FORMATS]
    for name in book.namelist():
        assert "Versión 1" in everything_in(book.read(name), name[-4:].strip("."))


# ── What is kept ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_kept_holds_the_real_words_and_never_changes(worked):
    protect_and_rename()
    version = issue(worked, render=drawn_nowhere)
    source = PlanSource.objects.get()
    assert SECRET in repr(source.data["actors"])
    assert source.data["protected"][SECRET] == ALIAS
    assert not re.search("rojas", repr(version.facts), re.IGNORECASE)
    with pytest.raises(DatabaseError, match="do not change"), transaction.atomic():
        PlanSource.objects.update(data={})
    source.data = {}
    with pytest.raises(Exception, match="ya no cambia"):
        source.full_clean()


def test_what_was_protected_when_it_was_issued_stays_so(client, worked, share):  # noqa: F811
    protect_and_rename()
    issue(worked, render=drawn_nowhere)
    actor = Actor.objects.get(name=SECRET)
    actor.is_sensitive = False
    map_services.keep(actor)
    _, token = share(shows=("plan",))
    assert not re.search("rojas", client.get(shared(token, "compartido-producto", "plan")).content.decode(), re.I)


def test_the_name_of_the_organisation_and_its_colours_stay_those_of_the_version(client, worked, share):  # noqa: F811
    issue(worked, render=drawn_nowhere)
    _, token = share(shows=("plan",))
    worked.name = "Otro nombre"
    worked.save()
    page = client.get(shared(token, "compartido-producto", "plan")).content.decode()
    document = page.split('class="doc"', 1)[1].split("<footer", 1)[0]  # which says who shares it today
    assert "Otro nombre" not in document
    assert PlanVersion.objects.count() == 1
