"""Questions put to the room: writing, phases, what each face shows, and what the worksheet gets."""

import uuid

import pytest
from django.test import Client
from django_scopes import scope

from sessions_app import curriculum
from sessions_app.live import boards, notes, queries
from sessions_app.live.questions import can_be_asked, questions_of
from sessions_app.live.sources import source_of
from sessions_app.models import Answer, AnswerRevision, Board, BoardSnapshot, Note
from sessions_app.worksheets.services import save_answer
from tests import factories as make

from .rows import enter, open_run, phone_in

QUESTION = "S1.1.expectativas"


@pytest.fixture
def taller(org):
    return f"/o/{org.slug}/sesiones/1/taller/"


@pytest.fixture
def run(org):
    return open_run(org)


@pytest.fixture
def phone(run):
    return phone_in(run)


def ask(run, key=QUESTION, **policy):
    with scope(organization=run.organization):
        return boards.ask(run=run, prompt=curriculum.prompt(key), **policy)


def turn(board, phase, by=None):
    with scope(organization=board.organization):
        return boards.turn(board=board, phase=phase, by=by)


def send(phone, run, board, text, key=None, **headers):
    typed = {"key": key or uuid.uuid4(), "text": text}
    return phone.post(f"/t/{run.token}/preguntas/{board.pk}/notas/", typed, headers=headers)


def rewrite(phone, run, board, note, text, key=None):
    typed = {"key": key or uuid.uuid4(), "text": text}
    return phone.post(f"/t/{run.token}/preguntas/{board.pk}/notas/{note.key}/", typed)


def texts(board, **wanted):
    with scope(organization=board.organization):
        return list(Note.objects.filter(board=board, removed_at=None, **wanted).values_list("text", flat=True))


def only(board, **wanted):
    with scope(organization=board.organization):
        return Note.objects.get(board=board, **wanted)


def answer(org, key=QUESTION, subject=""):
    with scope(organization=org):
        found = Answer.objects.filter(prompt_key=key, subject=subject).first()
    return [(row["text"], row["author"], row["group"]) for row in found.value or []] if found else None


def phone_says(phone, run):
    return phone.get(f"/t/{run.token}/").content.decode()


def wall_says(staff, taller):
    return staff.get(f"{taller}pared/").content.decode()


# ── Asking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_question_that_is_offered_is_a_list_of_its_session_or_goes_to_a_higher_floor(org):
    line = make.make_line(org)
    with scope(organization=org):
        offered = [one for session in curriculum.sessions() for _, asked in questions_of(session) for one in asked]
    assert QUESTION in {one.value for one in offered}
    elsewhere = {one.prompt.key: one.value for one in offered if source_of(one.prompt.key)}
    assert elsewhere["S6.3.q1"] == f"S6.3.q1@linea-{line.pk}"
    assert elsewhere["M.4.actores"] == "M.4.actores"
    own = [one.prompt for one in offered if one.prompt.key not in elsewhere]
    assert all(prompt.kind == "list" and not prompt.private for prompt in own if not prompt.key.endswith(".pasos"))
    assert {prompt.key for prompt in own if prompt.kind == "table"} == {"S5.8.pasos", "S6.7.pasos", "M.9.pasos"}
    assert not can_be_asked(curriculum.prompt("M.5.reglas")), "it is asked for each actor"


def test_a_question_is_asked_with_its_policy_in_words(staff, phone, run, taller):
    assert "Cuando haya una pregunta" in phone_says(phone, run)
    staff.post(f"{taller}preguntar/", {"pregunta": QUESTION, "ver": "juntas", "anonima": "1"})
    said = phone_says(phone, run)
    assert curriculum.prompt(QUESTION).text in said
    assert "Nadie ve las notas hasta que se muestran todas juntas." in said
    assert "Va sin nombre." in said
    staff.post(f"{taller}preguntar/", {"pregunta": "S1.4.q1", "ver": "abiertas"})
    said = phone_says(phone, run)
    assert "Tu nota se ve en la pantalla en cuanto la envías." in said
    assert "Lleva el nombre con que entraste." in said


def test_one_question_is_on_the_screen_and_comes_back_as_it_was(run):
    first = ask(run, is_anonymous=True)
    turn(first, "shown")
    ask(run, "S1.4.q1")
    again = ask(run, is_anonymous=False)
    with scope(organization=run.organization):
        assert [board.pk for board in Board.objects.filter(is_on_screen=True)] == [first.pk]
    assert (again.pk, again.phase, again.is_anonymous) == (first.pk, "shown", True)


@pytest.mark.parametrize("key", ["", "S1.1.asistencia", "S2.2.actores", "nada", "S4.9.experiencias"])
def test_what_is_not_a_question_of_this_session_is_404(staff, run, taller, key):
    assert staff.post(f"{taller}preguntar/", {"pregunta": key}).status_code == 404


# ── Writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_note_is_written_once_however_often_it_arrives(phone, run):
    board, key = ask(run), uuid.uuid4()
    for _ in range(3):
        assert send(phone, run, board, "Aprender a negociar", key).status_code == 302
    assert texts(board) == ["Aprender a negociar"]
    turn(board, "closed")
    assert send(phone, run, board, "Aprender a negociar", key).status_code == 302, "it was kept: no alarm"


def test_a_script_hears_what_became_of_a_note(phone, run):
    board = ask(run)
    told = {"X-Requested-With": "fetch"}
    assert send(phone, run, board, "Una", **told).json() == {"said": "Enviada"}
    empty = send(phone, run, board, "  ", **told)
    assert (empty.status_code, empty.json()["said"]) == (422, "Escribe algo antes de enviar.")
    turn(board, "closed")
    late = send(phone, run, board, "Tarde", **told)
    assert late.status_code == 409
    assert "ya se cerró" in late.json()["said"]


def test_a_refused_note_stays_where_it_was_typed(phone, run):
    board = ask(run)
    answer = send(phone, run, board, "x" * 601)
    assert answer.status_code == 422
    assert "x" * 601 in answer.content.decode()
    turn(board, "closed")
    answer = send(phone, run, board, "Lo que iba a decir")
    assert answer.status_code == 409
    assert "Lo que iba a decir" in answer.content.decode()


def test_a_note_that_comes_late_is_let_in_until_the_question_closes(phone, run):
    board = ask(run)
    turn(board, "grouped")
    assert send(phone, run, board, "Desde el cerro").status_code == 302
    assert texts(board) == ["Desde el cerro"]


def test_people_mend_and_take_away_their_own_notes(phone, run):
    board = ask(run)
    send(phone, run, board, "Aprendr")
    key = uuid.uuid4()
    for text in ("Aprender", "otra cosa bajo la misma llave"):
        rewrite(phone, run, board, only(board), text, key)
    assert texts(board) == ["Aprender"]
    rewrite(phone, run, board, only(board), "")
    assert texts(board) == []
    with scope(organization=run.organization):
        assert Note.objects.get().text == "Aprender", "it can be brought back"


def test_nobody_touches_the_note_of_another(phone, run):
    board = ask(run)
    send(phone, run, board, "De Ana")
    other = Client()
    enter(other, run, "Beto")
    assert rewrite(other, run, board, only(board), "De Beto").status_code == 404
    assert texts(board) == ["De Ana"]


def test_a_note_finds_no_question_of_another_run(phone, run, org):
    elsewhere = ask(open_run(org, "2"), "S2.1.aportes")
    assert send(phone, run, elsewhere, "Perdida").status_code == 404


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "uno\r\ndos", "=1+1", "a\x00b", "💥", "‮revés", "{{ 7|add:7 }}"]
)
def test_any_text_is_shown_as_text(staff, phone, run, taller, text):
    board = ask(run, is_hidden=False)
    send(phone, run, board, text)
    turn(board, "shown")
    for page in (phone_says(phone, run), wall_says(staff, taller), staff.get(taller).content.decode()):
        assert "<script>alert" not in page
    assert "\r" not in texts(board)[0]
    assert "\x00" not in texts(board)[0]


def test_there_is_a_limit_to_what_one_person_writes(phone, run, monkeypatch):
    monkeypatch.setattr(notes, "MOST_EACH", 2)
    board = ask(run)
    assert [send(phone, run, board, text).status_code for text in "abc"] == [302, 302, 422]


def test_whoever_facilitates_types_for_people_without_a_phone(staff, run, taller):
    board = ask(run)
    typed = {"key": uuid.uuid4(), "author": "Doña Mari", "lines": "Confianza\n\n  Tiempo \n"}
    for _ in range(2):
        staff.post(f"{taller}preguntas/{board.pk}/notas/", typed)
    assert texts(board, author="Doña Mari") == ["Confianza", "Tiempo"]
    wrong = staff.post(f"{taller}preguntas/{board.pk}/notas/", typed | {"key": uuid.uuid4(), "lines": "y" * 601})
    assert wrong.status_code == 422
    assert "y" * 601 in wrong.content.decode()


# ── What the room sees ──────────────────────────────────────────────────────────────────────────────────────────────


def test_hidden_notes_are_seen_by_nobody_until_they_are_shown(staff, phone, run, taller):
    board = ask(run)
    send(phone, run, board, "Secreto a voces")
    other = Client()
    enter(other, run, "Beto")
    assert "Secreto a voces" not in wall_says(staff, taller) + phone_says(other, run)
    assert "Secreto a voces" in phone_says(phone, run), "one's own"
    turn(board, "shown")
    assert "Secreto a voces" in wall_says(staff, taller)
    assert "Secreto a voces" in phone_says(other, run)
    turn(board, "write")
    assert "Secreto a voces" not in wall_says(staff, taller) + phone_says(other, run)


def test_notes_without_name_show_none_and_keep_none_when_they_close(staff, phone, run, org, taller):
    board = ask(run, is_anonymous=True)
    send(phone, run, board, "Me da miedo decirlo")
    turn(board, "shown")
    assert "Ana" not in wall_says(staff, taller)
    assert "small>Ana" not in staff.get(taller).content.decode()
    turn(board, "closed")
    assert only(board).participant is None
    assert answer(org) == [("Me da miedo decirlo", "", "")]
    with scope(organization=org):
        assert "Ana" not in str(list(BoardSnapshot.objects.values_list("notes", flat=True)))


def test_what_is_confidential_is_never_projected(login, cast, org):
    run = open_run(org, "4")
    phone, other = Client(), Client()
    enter(phone, run)
    enter(other, run, "Beto")
    board = ask(run, "S4.9.experiencias", is_hidden=False)
    send(phone, run, board, "Con aquella fundación")
    turn(board, "shown")
    staff, taller = login(cast.facilitator), f"/o/{org.slug}/sesiones/4/taller/"
    assert "Con aquella fundación" not in wall_says(staff, taller) + phone_says(other, run)
    assert "no se proyecta" in wall_says(staff, taller)
    assert "Con aquella fundación" in staff.get(taller).content.decode()


def test_protected_names_are_hidden_on_wall_and_phones(staff, phone, run, org, taller):
    make.make_actor(org, "Rancho Quemado", is_sensitive=True, alias="Actor reservado")
    board = ask(run, is_hidden=False)
    send(phone, run, board, "Cuidado con Rancho Quemado")
    turn(board, "shown")
    other = Client()
    enter(other, run, "Beto")
    for page in (wall_says(staff, taller), phone_says(other, run)):
        assert "Rancho Quemado" not in page
        assert "Cuidado con" in page


@pytest.mark.parametrize("who", ["editor", "viewer", "manager"])
def test_insiders_may_look_at_the_wall(login, cast, run, taller, who):
    assert run.spoken_code in wall_says(login(getattr(cast, who)), taller)


# ── Arranging ───────────────────────────────────────────────────────────────────────────────────────────────────────


def arrange(staff, taller, board, what, *chosen, **more):
    typed = {"que": what, "nota": [str(note.key) for note in chosen], **more}
    return staff.post(f"{taller}preguntas/{board.pk}/acomodar/", typed, follow=True).content.decode()


@pytest.fixture
def three(phone, run):
    board = ask(run)
    for text in ("Tiempo", "Falta tiempo", "Confianza"):
        send(phone, run, board, text)
    return board, [only(board, text=text) for text in ("Tiempo", "Falta tiempo", "Confianza")]


def test_notes_are_grouped_joined_separated_removed_and_brought_back(staff, run, taller, three):
    board, (first, second, third) = three
    arrange(staff, taller, board, "agrupar", first, third, tema="Lo que pesa")
    assert texts(board, group="Lo que pesa") == ["Tiempo", "Confianza"]
    arrange(staff, taller, board, "juntar", first, second)
    assert texts(board, merged_into=None) == ["Tiempo", "Confianza"]
    assert "×2" in staff.get(taller).content.decode()
    arrange(staff, taller, board, "juntar", first, third)
    assert texts(board, merged_into=None) == ["Tiempo"]
    arrange(staff, taller, board, "separar", first)
    assert len(texts(board, merged_into=None)) == 3
    arrange(staff, taller, board, "quitar", third)
    assert "Confianza" not in texts(board)
    arrange(staff, taller, board, "regresar", third)
    assert "Confianza" in texts(board)


def test_arranging_nothing_or_in_no_way_is_refused(staff, taller, three):
    board, (first, *_) = three
    assert "Elige primero alguna nota." in arrange(staff, taller, board, "quitar")
    assert "elige dos notas o más" in arrange(staff, taller, board, "juntar", first)
    assert staff.post(f"{taller}preguntas/{board.pk}/acomodar/", {"que": "quemar"}).status_code == 404
    turn(board, "closed")
    assert "vuelve a «Agrupar»" in arrange(staff, taller, board, "quitar", first)


def test_notes_of_another_question_are_not_touched(staff, run, taller, three):
    _, (first, *_) = three
    other = ask(run, "S1.4.q1")
    arrange(staff, taller, other, "quitar", first)
    assert only(first.board, pk=first.pk).removed_at is None


# ── Closing and going back ──────────────────────────────────────────────────────────────────────────────────────────


def test_closing_gives_the_notes_to_the_worksheet(staff, cast, org, taller, three):
    board, (first, second, third) = three
    arrange(staff, taller, board, "juntar", first, second)
    arrange(staff, taller, board, "agrupar", third, tema="Vínculos")
    said = staff.post(f"{taller}preguntas/{board.pk}/fase/", {"fase": "closed"}, follow=True).content.decode()
    assert "ya están en la planilla" in said
    assert answer(org) == [("Tiempo", "Ana", ""), ("Confianza", "Ana", "Vínculos")]
    with scope(organization=org):
        assert Answer.objects.get(prompt_key=QUESTION).author == cast.facilitator
    page = staff.get(f"/o/{org.slug}/sesiones/1/planillas/S1.1/").content.decode()
    assert "Vínculos" in page


def test_what_was_written_at_a_desk_stays(cast, org, three):
    board, _ = three
    prompt = curriculum.prompt(QUESTION)
    desk = [{"id": "mesa", "text": "Desde la mesa", "author": "", "group": ""}]
    with scope(organization=org):
        save_answer(organization=org, by=cast.editor, prompt=prompt, subject="", value=desk, version=0)
    turn(board, "closed", cast.facilitator)
    assert [text for text, *_ in answer(org)] == ["Desde la mesa", "Tiempo", "Falta tiempo", "Confianza"]


def test_going_back_and_closing_again_repeats_nothing_and_keeps_what_the_desk_mended(staff, cast, org, taller, three):
    board, _ = three
    turn(board, "closed", cast.facilitator)
    with scope(organization=org):
        kept = Answer.objects.get(prompt_key=QUESTION)
        mended = [row | {"text": "Mucho tiempo"} if row["text"] == "Tiempo" else row for row in kept.value]
        mended = [row for row in mended if row["text"] != "Confianza"]
        prompt = curriculum.prompt(QUESTION)
        facts = {"organization": org, "by": cast.editor, "prompt": prompt, "subject": ""}
        save_answer(**facts, value=mended, version=kept.version)
    turn(board, "grouped")
    arrange(staff, taller, board, "agrupar", only(board, text="Falta tiempo"), tema="Recursos")
    turn(board, "closed", cast.facilitator)
    assert answer(org) == [("Mucho tiempo", "Ana", ""), ("Falta tiempo", "Ana", "Recursos")]
    with scope(organization=org):
        assert AnswerRevision.objects.exists()


def test_every_change_of_phase_leaves_a_snapshot_and_deletes_nothing(org, three):
    board, _ = three
    for phase in ("shown", "grouped", "write", "closed", "shown"):
        turn(board, phase)
    with scope(organization=org):
        kept = list(BoardSnapshot.objects.values_list("phase", "notes"))
    assert [phase for phase, _ in kept] == ["write", "shown", "grouped", "write", "closed"]
    assert all(len(notes) == 3 for _, notes in kept)
    assert len(texts(board)) == 3


def test_too_many_for_the_worksheet_closes_nothing(staff, cast, org):
    run = open_run(org, "2")
    board = ask(run, "S2.2.actores")
    with scope(organization=org):
        for number in range(11):
            notes.write(board=board, key=uuid.uuid4(), text=f"Actor {number}")
    taller = f"/o/{org.slug}/sesiones/2/taller/"
    said = staff.post(f"{taller}preguntas/{board.pk}/fase/", {"fase": "closed"}, follow=True).content.decode()
    assert "Son 11 notas y aquí caben 10" in said
    with scope(organization=org):
        assert Board.objects.get().phase == "write"
        assert not BoardSnapshot.objects.exists()
    assert answer(org, "S2.2.actores") is None


@pytest.mark.parametrize(
    ("session", "key", "subject"),
    [("1", "S1.3.q1", "equipo-1"), ("1", "S1.1.definicion", "sala"), ("1", "S1.4.q1", "")],
)
def test_each_answer_belongs_to_whom_the_method_says(staff, org, session, key, subject):
    run = open_run(org, session)
    board = ask(run, key)
    with scope(organization=org):
        notes.write(board=board, key=uuid.uuid4(), text="Algo")
    turn(board, "closed")
    assert answer(org, key, subject) == [("Algo", "", "")]
    page = staff.get(f"/o/{org.slug}/sesiones/1/planillas/{key.rpartition('.')[0]}/").content.decode()
    assert "Algo" in page


def test_a_rehearsal_gives_nothing_to_the_worksheet(org):
    board = ask(open_run(org, is_rehearsal=True))
    with scope(organization=org):
        notes.write(board=board, key=uuid.uuid4(), text="De mentira")
    turn(board, "closed")
    assert answer(org) is None


def test_a_phase_that_does_not_exist_changes_nothing(staff, run, taller):
    board = ask(run)
    said = staff.post(f"{taller}preguntas/{board.pk}/fase/", {"fase": "votar"}, follow=True).content.decode()
    assert "Esa fase no existe" in said


@pytest.mark.parametrize("many", [1, 5])
def test_queries_with_a_question(staff, run, phone, taller, django_assert_num_queries, many):
    board = ask(run, is_hidden=False)
    for number in range(many):
        send(phone, run, board, f"Nota {number}")
    with django_assert_num_queries(13):
        staff.get(taller)
    with django_assert_num_queries(12):
        staff.get(f"{taller}pared/")
    with django_assert_num_queries(6):
        phone.get(f"/t/{run.token}/")


def test_the_run_counts_every_change(run, phone, org):
    def version():
        with scope(organization=org):
            return queries.open_run("1").version

    before = version()
    board = ask(run)
    send(phone, run, board, "Una")
    turn(board, "shown")
    assert version() == before + 3
