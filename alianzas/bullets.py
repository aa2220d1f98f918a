"""What a bullet is, in lists pasted from Word, a message or a spreadsheet. Pure.

Word writes its bullets as private-use letters of a symbol font (U+F0B7), which nothing else can show.
"""

import re

_SIGNS = "•●○◦∙⦁⚫⚪■□▪▫◆◇◊❖❑❒➢➤➔➜►▶▸▹‣⁃✓✔✗✘★☆"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
# These also begin words and numbers: a space has to follow. «o», «§», «ü», «Ø» are Word's without its symbol font.
_SPACED = r"[*·–—‐−-]|[o§üØ]|\(?\d{1,3}(?:\.?[-–)]|\.)|[a-z]\)"
_BULLET = re.compile(rf"^(?:\s*(?:[{_SIGNS}{_PRIVATE}]|(?:{_SPACED})(?=\s|$)))+\s*")
_WORD_BULLET = re.compile("\uf0b7")
_PRIVATE_LETTER = re.compile(f"[{_PRIVATE}]")


def without_bullet(line: str) -> str:
    """One item of a list without the bullets or the number before it, and without spaces around."""
    return _BULLET.sub("", line).strip()


def name_without_bullet(line: str) -> str:
    """The same for a name, which may be nothing but such a sign."""
    return without_bullet(line) or line.strip()


def items_in(text: str) -> list[str]:
    """The items of a list, written one per line or between semicolons, without bullets; empty ones are left out."""
    return list(filter(None, map(without_bullet, text.replace(";", "\n").splitlines())))


def without_private_letters(text: str) -> str:
    """Running text in which Word's bullet is one that all fonts have, and no other private-use letter is left."""
    return _PRIVATE_LETTER.sub("", _WORD_BULLET.sub("•", text))
