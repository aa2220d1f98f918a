"""What the documents of an issued version are made of: kept with the real words, told with today's names hidden.

A source is plain data (JSON). Whoever gets a document made of it gets it masked: nothing else reads the real words.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace

from alianzas.exports.base import NOT_READ
from alianzas.exports.blocks import Bullets, Contents, Document, Figure, Photo, PhotoGrid
from alianzas.exports.plain import from_plain, to_plain
from alianzas.identity import document_of
from alianzas.models import Photo as PhotoRow
from alianzas.names import looks_like
from alianzas.veiling import veiled
from plans.deliverables import section_blocks, stamped
from plans.editor.drafts import SECTIONS
from plans.words import words
from sessions_app.models import Attendance
from sessions_app.record.posts import SOMEBODY, posts_for, set_right
from sysmap.queries import aliases_by_key, map_picture, protected_names
from sysmap.states import MapState, pack, unpack
from sysmap.veil import Veil, veiled_state

FORMAT = 1
PEOPLE, MAP, PHOTOS = "people", "map", "photos"  # what is filled in anew whenever it is read


@dataclass(frozen=True)
class Today:
    """What may be read today: `people` are the names on any list, as they are compared; `protected` the alias of each
    protected name, `aliases` that of each hidden actor by key; `withdrawn` the photos that lack consent."""

    people: frozenset[str]
    protected: dict[str, str]
    aliases: dict[str, str]
    withdrawn: frozenset[int]


def people_today() -> frozenset[str]:
    """The names on any list, as they are compared; one query."""
    listed = Attendance.objects.exclude(name="").values_list("name", "post")
    return frozenset(looks_like(set_right(*one)[0]) for one in listed)


def today() -> Today:
    """Five queries."""
    withdrawn = PhotoRow.objects.filter(has_consent=False).values_list("pk", flat=True)
    return Today(people_today(), protected_names(), aliases_by_key(), frozenset(withdrawn))


def source_of(data) -> dict:
    """A `PlanData` that holds the real words, as it is kept. Three queries.

    Who took part, the map and the photos stand apart from the blocks: they are masked, drawn and looked for anew.
    """
    named = Attendance.objects.exclude(name="").values_list("name", "post")
    return {
        "format": FORMAT,
        "document": to_plain(document_of(data.organization, words()["title"], ())),
        "sections": {key: [_kept(key, block, data.photos) for block in section_blocks(data, key)] for key in SECTIONS},
        "people": [[person.name, person.post] for person in data.participants],
        "known_people": [list(pair) for pair in dict.fromkeys(named)],
        "actors": pack(MapState("", tuple(data.actors)))["actors"],
        "protected": protected_names(),
    }


def _kept(key, block, photos):
    if key == "participants" and isinstance(block, Bullets):
        return {"is": PEOPLE}
    if key == "map" and isinstance(block, Figure):
        return {"is": MAP, "figure": to_plain(replace(block, svg=""))}
    if isinstance(block, PhotoGrid):
        return {"is": PHOTOS, "photos": [_reference(photo, photos) for photo in block.photos]}
    return to_plain(block)


def _reference(photo, rows):
    """Which photo it is, and what tells that its picture is still the same."""
    digest = _digest(photo.data)
    pk = next(row.pk for row in rows if row.caption == photo.caption and _digest(_bytes_of(row)) == digest)
    return {"photo": pk, "sha256": digest, "caption": photo.caption}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _bytes_of(row) -> bytes:
    try:
        with row.image.open("rb") as file:
            return file.read()
    except FileNotFoundError:
        return b""


# ── Masked for whoever reads it ─────────────────────────────────────────────────────────────────────────────────────


def as_issued(source: dict, stamp: str) -> Document:
    """The document as it was when it was issued: what was protected then is hidden, everybody has their name."""
    return _document(source, stamp, Veil(source["protected"]), {}, (), source["people"])


def for_readers(source: dict, stamp: str, now: Today) -> Document:
    """As whoever reads the organisation may have it today: names protected since then are hidden, too, and people
    whose name is on no list any more appear by their post. One query."""
    gone = _gone(source, now)
    people = [["", post] if looks_like(name) in gone else [name, post] for name, post in _people(source, now)]
    return _document(source, stamp, *_protected(source, now), [_posts(source, now, only=gone)], people)


def for_anybody(source: dict, stamp: str, now: Today, posts_today: Veil) -> Document:
    """As anybody may have it: names hidden, then or today, and people by their post, each post once. One query."""
    people = [["", post] for _, post in _people(source, now)]
    return _document(source, stamp, *_protected(source, now), [_posts(source, now), posts_today], people)


def _protected(source, now):
    return Veil(source["protected"] | now.protected), now.aliases


def _document(source, stamp, names: Veil, aliases: Mapping, posts: Sequence[Veil], people) -> Document:
    whole, rows = from_plain(source["document"]), _photo_rows(source)
    blocks = [
        block
        for key in SECTIONS
        for data in source["sections"].get(key, ())
        if (block := _block(data, source, whole.brand, (names, aliases, posts), people, rows)) is not None
    ]
    cover, *rest = blocks
    whole = replace(whole, blocks=(replace(cover, date_text=stamp), Contents("Contenido"), *rest))
    for hide in (names, *posts):
        whole = veiled(whole, hide, NOT_READ)
        whole = replace(whole, brand=replace(whole.brand, letterhead=hide(whole.brand.letterhead)))
    return stamped(whole, stamp)


def _block(data, source, brand, masks, people, rows):
    if data["is"] == PEOPLE:
        return Bullets(_listed(people))
    if data["is"] == MAP:
        return replace(from_plain(data["figure"]), svg=_drawn(source["actors"], brand, *masks))
    if data["is"] == PHOTOS:
        return _grid(data["photos"], rows)
    return from_plain(data)


def _listed(people) -> tuple[str, ...]:
    """Who took part; of those who appear by post alone, each post once."""
    lines = {}
    for name, post in people:
        lines.setdefault(f"{name} – {post}" if name else looks_like(post), f"{name} – {post}" if name else post)
    return tuple(lines.values())


def _drawn(actors, brand, names, aliases, posts):
    """The map drawn anew: once it is drawn no veil reaches its words."""
    state = unpack({"actors": actors, "ghosts": ()}, "", aliases)
    for hide in (names, *posts):
        state = veiled_state(state, hide)
    return map_picture(SimpleNamespace(name=brand.organization, primary_color=brand.primary), state.actors)


def _photo_rows(source):
    """The photos that may still be shown: whoever is in them can take back their consent."""
    wanted = [one["photo"] for one in _references(source)]
    return {row.pk: row for row in PhotoRow.objects.filter(pk__in=wanted, has_consent=True)} if wanted else {}


def _references(source):
    return [
        one for found in source["sections"].values() for data in found if data["is"] == PHOTOS for one in data["photos"]
    ]


def _grid(references, rows):
    photos = []
    for one in references:
        picture = _bytes_of(rows[one["photo"]]) if one["photo"] in rows else b""
        if _digest(picture) == one["sha256"]:
            photos.append(Photo(data=picture, mime="image/jpeg", alt=one["caption"], caption=one["caption"]))
    return PhotoGrid(photos) if photos else None


# ── People ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _people(source, now):
    """Who took part, as (name, post that names nobody)."""
    known = _known(source, now)
    return [[name, _safe(post, known)] for name, post in (set_right(*one) for one in source["people"])]


def posts_then(source: dict, now: Today) -> Veil:
    """Puts the post that they had then in the place of people's names, in words that do not come from the source."""
    return _posts(source, now)


def _posts(source, now, only=None) -> Veil:
    """Puts their post in the place of the people of the source, or of those of them who are in `only`."""
    known, posts = _known(source, now), posts_for(source["known_people"])
    chosen = posts.items() if only is None else ((name, posts[name]) for name in posts if looks_like(name) in only)
    return Veil({name: _safe(post, known) for name, post in chosen})


def _safe(post, known):
    """The post, unless somebody pasted a name where a post goes."""
    return SOMEBODY.capitalize() if looks_like(post) in known else post


def _known(source, now):
    return now.people | {looks_like(name) for name, _ in source["known_people"]}


def _gone(source, now):
    """Names that stood on a list when it was issued and stand on none today, as they are compared."""
    return {looks_like(name) for name, _ in source["known_people"]} - now.people


# ── What an issued file tells that may not be read any more ─────────────────────────────────────────────────────────


def tells_too_much(source: dict, now: Today) -> bool:
    """Whether its files say a name that was protected, or left every list, after they were made; or show a photo whose
    consent was taken back. Pure."""
    gone, then = _gone(source, now), {looks_like(name) for name in source["protected"]}
    if any(looks_like(name) in gone for name, _ in source["people"] if name):
        return True
    if any(one["photo"] in now.withdrawn for one in _references(source)):
        return True
    since = Veil({name: alias for name, alias in now.protected.items() if looks_like(name) not in then})
    hide_then, posts = Veil(source["protected"]), _posts(source, now, only=gone)
    said = map(hide_then, _texts([source["document"], source["sections"], source["actors"]]))
    return any(hide(text) != text for text in said for hide in (since, posts))


def _texts(value):
    """Every text in plain data, but for the bytes of pictures."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict) and value.get("is") != "bytes":
        for item in value.values():
            yield from _texts(item)
