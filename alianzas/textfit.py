"""Measure, clean and wrap text set in Source Sans 3, without a font engine.

Advances are thousandths of an em, read from the variable font at weights 400 and 700 with fontTools.
Kerning is left out: in this font it almost always narrows the line, so a measured width is an upper bound.
"""

import re
import unicodedata
from functools import lru_cache

ELLIPSIS = "…"

_ASCII = range(0x20, 0x7F)
_LATIN_1 = range(0xA1, 0x100)
_EXTRA = "–—‘’“”…•€ıœŒĐđŁł"

_REGULAR = (
    "200 289 426 497 497 824 609 249 303 303 418 497 249 311 249 350 497 497 497 497 497 497 497 497 497 497 "
    "249 249 497 497 497 425 847 543 588 571 615 527 494 617 652 263 479 579 486 727 647 664 566 664 569 534 "
    "536 645 515 786 513 476 539 303 350 303 497 500 542 504 553 456 555 496 292 504 544 246 247 495 255 829 "
    "547 542 555 555 347 419 338 544 467 719 446 467 425 303 241 303 497",
    "289 497 497 497 497 241 497 542 744 345 429 497 311 423 542 331 497 367 367 542 562 560 249 542 367 365 "
    "429 781 808 796 425 544 544 544 544 544 544 822 571 527 527 527 527 263 263 263 263 639 647 664 664 664 "
    "664 664 497 664 645 645 645 645 476 583 576 504 504 504 504 504 504 778 456 496 496 496 496 246 246 246 "
    "246 544 547 542 542 542 542 542 497 542 544 544 544 544 467 555 467",
    "480 800 249 249 426 426 948 304 497 247 839 847 635 562 500 298",
)
_BOLD = (
    "200 340 537 528 528 857 667 300 344 344 457 528 300 332 300 339 528 528 528 528 528 528 528 528 528 528 "
    "300 300 528 528 528 463 902 573 605 582 635 548 524 638 674 301 509 614 518 762 665 684 596 684 613 556 "
    "556 665 556 813 567 525 541 344 339 344 528 500 555 527 573 468 573 518 341 534 571 276 278 548 286 857 "
    "572 555 573 573 398 443 383 568 523 776 514 521 460 344 268 344 528",
    "340 528 528 528 528 268 528 555 750 359 480 528 332 462 555 365 528 376 376 555 594 636 300 555 376 373 "
    "480 809 846 818 463 573 573 573 573 573 573 845 582 548 548 548 548 301 301 301 301 657 665 684 684 684 "
    "684 684 528 684 665 665 665 665 525 617 632 527 527 527 527 527 527 781 467 518 518 518 518 276 276 276 "
    "276 558 572 555 555 555 555 555 528 555 568 568 568 568 521 573 521",
    "480 800 300 300 537 537 978 345 528 277 822 871 655 573 543 359",
)
_EMOJI, _FULL_WIDTH, _OTHER_UPPER, _OTHER = 1400, 1050, 950, 780


def _table(rows):
    characters = [*map(chr, _ASCII), *map(chr, _LATIN_1), *_EXTRA]
    return dict(zip(characters, map(int, " ".join(rows).split()), strict=True)) | {"\u00a0": 200}


_ADVANCES = {False: _table(_REGULAR), True: _table(_BOLD)}
_ZERO_WIDTH = {"Mn", "Me", "Cf"}
_LEAST_TAIL = 3
_FIRST_MARK = "\u0300"
# Control characters and what XML 1.0 refuses; then the marks that turn the direction of the text around them.
_NOT_TEXT = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_BREAK_AFTER = "-/_.@–—"


@lru_cache(maxsize=4096)
def _advance(character, bold):
    table = _ADVANCES[bold]
    if (known := table.get(character)) is not None:
        return known
    if unicodedata.category(character) in _ZERO_WIDTH:
        return 0
    base = unicodedata.normalize("NFD", character)[0]
    if base in table:
        return table[base]
    if ord(character) >= 0x1F000 or 0x2600 <= ord(character) < 0x2800:
        return _EMOJI
    if unicodedata.east_asian_width(character) in "WF":
        return _FULL_WIDTH
    return _OTHER_UPPER if character.isupper() else _OTHER


def text_width(text, size, *, bold=False):
    """Width of one line in user units, for a font size in the same units."""
    return sum([_advance(character, bold) for character in text]) * size / 1000


def clean(text, limit=1000):
    """One line of plain text fit for XML: no control or direction-changing characters, single spaces.

    At most two combining marks follow a letter, and at most ``limit`` characters stay (an ellipsis says so),
    so a hostile value costs bounded time here and in whatever draws it.
    """
    text = str(text)
    plain = len(text) <= limit and text.isprintable() and text == text.strip() and "  " not in text
    if plain and max(text, default="") < _FIRST_MARK:
        return text
    head = text[: limit * 4]
    head = " ".join(_NOT_TEXT.sub("", head).split())
    if not head or max(head) < _FIRST_MARK:
        return head if len(head) <= limit else head[: limit - 1] + ELLIPSIS
    kept, marks = [], 0
    for character in head:
        if character.isascii():
            marks = 0
        else:
            marks = marks + 1 if unicodedata.category(character) in _ZERO_WIDTH else 0
            if marks > 2:
                continue
        kept.append(character)
    if len(kept) > limit:
        return _whole("".join(kept[: limit - 1])) + ELLIPSIS
    return "".join(kept)


def wrap(text, width, size, *, bold=False, max_lines=2):
    """Lines of at most ``width`` user units; the last one ends in an ellipsis when text was left over.

    Breaks between words; a word wider than a line breaks after ``- / _ . @`` or, failing that, with a hyphen.
    Time is bounded whatever the text: only what could fit is looked at.
    """
    if max_lines < 1:
        return []
    most = max_lines * (int(width / (size * 0.2)) + 2)
    rest, lines = clean(text, min(1000, most * 2)), []
    while rest and len(lines) < max_lines:
        if len(lines) == max_lines - 1:
            lines.append(shorten(rest, width, size, bold=bold))
            break
        line, rest = _first_line(rest, width, size, bold)
        lines.append(line)
    return [line for line in lines if line]


def shorten(text, width, size, *, bold=False):
    """The text on one line, cut with an ellipsis if it is wider than ``width`` user units."""
    if text_width(text, size, bold=bold) <= width:
        return text
    room = width - text_width(ELLIPSIS, size, bold=bold)
    kept = text[: _fitting(text, room, size, bold)]
    trimmed = kept.rsplit(" ", 1)[0] if " " in kept[int(len(kept) * 0.75) :] else kept
    trimmed = _whole(trimmed).rstrip(" ,;:.-–—(")
    return trimmed + ELLIPSIS if room >= 0 else ""


def _first_line(text, width, size, bold):
    """(first line, what is left); nothing at all if not even one character fits."""
    count = _fitting(text, width, size, bold)
    if count >= len(text):
        return text, ""
    if text[count] == " ":
        return text[:count], text[count + 1 :]
    space = text.rfind(" ", 0, count)
    if space > 0:
        return text[:space], text[space + 1 :]
    for place in range(count, 2, -1):
        if text[place - 1] in _BREAK_AFTER:
            return text[:place], text[place:]
    count = _fitting(text, width - text_width("-", size, bold=bold), size, bold)
    word = len(text.split(" ", 1)[0])
    if word - count < _LEAST_TAIL < count:
        count = word - _LEAST_TAIL
    kept = _whole(text[:count])
    if not kept:
        return "", ""
    hyphen = "-" if kept[-1].isalpha() and text[len(kept)].isalpha() else ""
    return kept + hyphen, text[len(kept) :].lstrip(" \u200d")


def _fitting(text, width, size, bold):
    """How many leading characters fit."""
    total, limit = 0, width * 1000 / size
    for index, character in enumerate(text):
        total += _advance(character, bold)
        if total > limit:
            return index
    return len(text)


def _whole(text):
    """Drop a joiner left dangling by a cut."""
    return text.rstrip("\u200d")
