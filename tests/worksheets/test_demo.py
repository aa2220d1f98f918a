"""The demonstration answers worksheets of every kind, with posts instead of names."""

from django_scopes import scope

from ruta_critica import closing
from sessions_app import curriculum
from sessions_app.library import selfcheck
from sessions_app.models import Answer
from sessions_app.worksheets import kinds
from tests import factories as make


def prompt_of(key):
    own_pages = {**selfcheck.prompts(), **closing.prompts()}
    return own_pages.get(key) or curriculum.prompt(key)


def test_the_demonstration_shows_every_kind(db):
    from plans.demo import worksheets
    from plans.demo.mapa import key_of

    for email in ("facilitadora@demo.test", "equipo@demo.test"):
        make.make_user(email)
    for slug, least in (("tejiendo-barrios", 60), ("semillas-del-norte", 5), ("voz-clara", 0)):
        organization = make.make_organization(slug)
        if slug == "tejiendo-barrios":
            for name in ("radio", "maquiladora", "fundacion"):
                actor = make.make_actor(organization, name, key=key_of(organization, name))
                make.make_ally(organization, actor=actor)
        with scope(organization=organization):
            worksheets.load(organization)
            answered = Answer.objects.exclude(value=None)
            assert answered.count() >= least
            if slug == "tejiendo-barrios":
                of_the_method = answered.exclude(prompt_key__startswith="R.")
                shown = {prompt_of(row.prompt_key).kind for row in of_the_method}
                assert shown == kinds.WRITTEN - {"text"}  # the only short text belongs to Session 6
