"""Word and Excel files of the demonstration, opened by another program: LibreOffice without a screen."""

import re
import shutil
import subprocess
from collections import defaultdict

import pytest
from django_scopes import scope

from alianzas.exports import base
from alianzas.exports.blocks import Heading, Table
from alianzas.models import Organization
from ruta_critica.ally_documents import DOCUMENTS
from ruta_critica.models import Ally
from tests.waiting import PATIENCE

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
# The last of the options asks for every sheet, each in a file of its own.
AS_TEXT = {
    "docx": "txt:Text (encoded):UTF8",
    "xlsx": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,,,-1",
}
pytestmark = pytest.mark.skipif(OFFICE is None, reason="No hay LibreOffice: lo instala scripts/system-packages test")


def documents(fmt):
    """Every document of the demonstration that comes in that format of an office, by name.

    What has no row is left to the tests of each document: an organisation that just began has little to open.
    """
    found = {}
    for slug in ("tejiendo-barrios", "semillas-del-norte"):
        organization = Organization.objects.get(slug=slug)
        with scope(organization=organization):
            for one in base.load_catalogue().values():
                if fmt in one.formats:
                    found[f"{slug}_{one.key}"] = one.document(organization, fmt)
            for ally in Ally.objects.all()[:2]:
                for one in DOCUMENTS.values():
                    if fmt in one.formats:
                        name = f"{slug}_aliado-{ally.pk}_{one.key}"
                        found[name] = one.document(organization, fmt, allies=[ally])
    return found


def opened(folder, fmt, files):
    """What LibreOffice reads in each of `files` ({name: bytes}), one text per sheet; in a single run."""
    source, read = folder / "de", folder / "leido"
    source.mkdir()
    paths = {name: source / f"{number}.{fmt}" for number, name in enumerate(files)}
    for name, content in files.items():
        paths[name].write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'perfil').as_uri()}"
    command = [OFFICE, profile, "--headless", "--norestore", "--convert-to", AS_TEXT[fmt], "--outdir", str(read)]
    subprocess.run([*command, *map(str, paths.values())], check=True, capture_output=True, timeout=PATIENCE)
    texts = defaultdict(list)
    for path in read.iterdir():
        texts[path.stem.partition("-")[0]].append(path.read_text("utf-8"))
    return {name: texts[path.stem] for name, path in paths.items()}


def squeezed(text):
    return re.sub(r"[\W_]+", "", text)


def missing(document, fmt, texts):
    """What a document should say and is not read: its headings, and the heads of its tables."""
    said = squeezed("".join(texts))
    wanted = [block.text for block in document.blocks if isinstance(block, Heading)]
    for table in (block for block in document.blocks if isinstance(block, Table) and block.rows):
        wanted += [column.title for index, column in enumerate(table.columns) if index in table.visible]
    return [text for text in wanted if squeezed(text) not in said]


@pytest.mark.parametrize("fmt", AS_TEXT)
def test_every_office_file_opens_and_says_its_headings(demonstration, tmp_path, fmt):
    chosen = documents(fmt)
    assert len(chosen) > 30
    texts = opened(tmp_path, fmt, {name: base.render(document, fmt) for name, document in chosen.items()})
    assert [name for name in chosen if not any(text.strip() for text in texts[name])] == []
    lost = {name: said for name, document in chosen.items() if (said := missing(document, fmt, texts[name]))}
    assert lost == {}
