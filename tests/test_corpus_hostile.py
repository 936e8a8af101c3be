"""Files meant to harm: refused in French, at once, within bounded memory, and never followed out of the folder."""

from __future__ import annotations

import io
import os
import re
import resource
import subprocess
import sys
import tarfile
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from corpus.readers.documents.reader import read_document
from corpus.readers.legi import read_legi_json
from corpus.readers.questionnaire import read_questionnaire
from corpus.source_reading import read_source
from corpus.sources import SourceKind, discover
from kb.errors import UnreadableSource
from kb.ids import DocumentId
from kb.model import UNREADABLE_FILE, DocumentKind
from tests.office_files import pdf, word

SECONDS = 20
MEMORY = 1_500_000_000
CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
DOCX = word([(0, "Un texte.")])


def refuse(data: bytes, name: str, message: str) -> None:
    started = time.perf_counter()
    with pytest.raises(UnreadableSource, match=message) as refusal:
        read_document(data, name, DocumentId("plan-p"), DocumentKind.PLAN)
    assert time.perf_counter() - started < SECONDS
    assert name in refusal.value.message


def rewritten(**members: bytes) -> bytes:
    """The small DOCX with other members, or more of them."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DOCX)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, members.pop(name, old.read(name)))
        for name, data in members.items():
            new.writestr(name, data)
    return target.getvalue()


def raw_pdf(*objects: str) -> bytes:
    """A PDF written by hand; the first object is its root."""
    body = "%PDF-1.4\n" + "".join(f"{n} 0 obj {text} endobj\n" for n, text in enumerate(objects, 1))
    return f"{body}trailer << /Root 1 0 R /Size {len(objects) + 1} >>\n%%EOF".encode()


def many_pages(count: int) -> bytes:
    kids = " ".join(f"{n} 0 R" for n in range(3, count + 3))
    pages = ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>" for _ in range(count))
    return raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Count {count} /Kids [{kids}] >>", *pages
    )


def stream_bomb() -> bytes:
    """One page whose content unpacks to two gigabytes, packed twice."""
    packer = zlib.compressobj(9)
    once = b"".join([*(packer.compress(b" " * 10_000_000) for _ in range(200)), packer.flush()])
    packed = zlib.compress(once, 9)
    head = raw_pdf(
        CATALOG,
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
    ).partition(b"trailer")
    filters = b"/Filter [/FlateDecode /FlateDecode]"
    stream = b"4 0 obj << /Length %d %s >> stream\n%s\nendstream endobj\n" % (len(packed), filters, packed)
    return head[0] + stream + head[1] + head[2]


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = rewritten(**{"word/document.xml": b"<w>" + b" " * 60_000_000 + b"</w>"})
    assert len(bomb) < 200_000
    refuse(bomb, "b.docx", "bien plus de données")


def test_a_docx_with_a_lie_in_its_directory_is_refused() -> None:
    bomb = bytearray(rewritten(**{"word/document.xml": b" " * 60_000_000}))
    size = (60_000_000).to_bytes(4, "little")
    while (place := bomb.find(size)) >= 0:
        bomb[place : place + 4] = (1_000).to_bytes(4, "little")
    refuse(bytes(bomb), "b.docx", "pas un DOCX entier|abîmé")


def test_a_docx_with_entities_is_refused() -> None:
    lines = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><w>&b;</w>'
    refuse(rewritten(**{"word/document.xml": lines}), "e.docx", "entités")


def test_a_docx_whose_paths_leave_it_is_refused() -> None:
    refuse(rewritten(**{"../../etc/cron.d/x.xml": b"<a/>"}), "p.docx", "chemin qui en sort")


def test_a_docx_nested_too_deep_is_refused() -> None:
    deep = b"<a>" * 200_000 + b"</a>" * 200_000
    refuse(rewritten(**{"word/document.xml": deep}), "n.docx", "abîmé|emboîtés")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (many_pages(10_000), "10000 pages"),
        (pdf([[(0, "Secret.")]], password="mot"), "mot de passe"),
        (pdf([[]]), "images"),
        (b"%PDF-1.7\n" + os.urandom(5_000), "PDF entier"),
        (raw_pdf(CATALOG, "<< /Type /Pages /Count 9 /Kids [2 0 R] >>"), "peut pas être lu"),
        (raw_pdf(CATALOG, "<< /Type /Pages /Count 99999999 /Kids [] >>"), "peut pas être lu"),
        (stream_bomb(), "peut pas être lu"),
    ],
    ids=["10000 pages", "encrypted", "pictures", "noise", "endless tree", "false count", "stream bomb"],
)  # fmt: skip
def test_a_hostile_pdf_is_refused(data: bytes, message: str) -> None:
    refuse(data, "h.pdf", message)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("m.txt", "é".encode() + "é, à".encode("latin-1"), "UTF-8"),
        ("m.md", "Texte".encode("utf-16"), "UTF-8"),
        ("n.txt", b"a\x00b", "U\\+0000"),
        ("v.txt", b"", "vide"),
        ("t.txt", "Texte é".encode()[:-1], "tronqué"),
        ("s.odt", b"PK", "format"),
        ("titre.md", b"# Un titre seul", "aucun paragraphe"),
    ],
)
def test_a_text_in_doubtful_encoding_or_of_no_use_is_refused(name: str, data: bytes, message: str) -> None:
    refuse(data, name, message)


def test_a_questionnaire_is_refused_like_any_document() -> None:
    for data in (many_pages(10_000), pdf([[(0, "Bonjour.")]]), b"%PDF-", b"PK\x03\x04"):
        with pytest.raises(UnreadableSource):
            read_questionnaire(data, "reponse.pdf")


def test_deep_json_is_refused() -> None:
    deep = (
        '{"type":"code","data":{},"children":['
        + '{"type":"section","data":{},"children":[' * 400
        + "]}" * 400
        + "]}"
    )
    with pytest.raises(UnreadableSource, match="profondément"):
        read_legi_json(deep.encode(), "d.json", "code-travail")


def archive(folder: Path, name: str, data: bytes = b"{}") -> None:
    (folder / "legi").mkdir()
    with tarfile.open(folder / "legi" / "a.tgz", "w:gz") as packed:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        packed.addfile(info, io.BytesIO(data))


def test_an_archive_whose_paths_leave_it_is_refused(tmp_path: Path) -> None:
    archive(tmp_path, "../data/LEGITEXT000006072050.json")
    with pytest.raises(UnreadableSource, match="chemin qui en sort"):
        discover(tmp_path)


def test_an_archive_that_unpacks_without_end_is_refused_at_once(tmp_path: Path) -> None:
    archive(tmp_path, "data/LEGITEXT000006072050.json", bytes(201_000_000))
    assert (tmp_path / "legi" / "a.tgz").stat().st_size < 1_000_000
    started = time.perf_counter()
    with pytest.raises(UnreadableSource, match="ou de plus gros"):
        discover(tmp_path)
    assert time.perf_counter() - started < SECONDS


def test_an_archive_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "legi").mkdir()
    (tmp_path / "legi" / "a.tgz").write_bytes(b"rien")
    with pytest.raises(UnreadableSource, match=r"a\.tgz"):
        discover(tmp_path)


@pytest.mark.parametrize("folder", ["codes/2026-04-03", "questionnaire"])
def test_a_link_out_of_the_folder_is_not_followed_where_the_law_is(tmp_path: Path, folder: str) -> None:
    (tmp_path / "secret").write_text("1. Quel secret ?\n\nAucun.\n")
    sources = tmp_path / "sources"
    (sources / folder).mkdir(parents=True)
    name = "r.txt" if folder == "questionnaire" else "LEGITEXT000006070719.md"
    (sources / folder / name).symlink_to(tmp_path / "secret")
    with pytest.raises(UnreadableSource, match="hors du dossier"):
        discover(sources)


def test_a_link_out_of_the_folder_is_told_and_the_other_documents_are_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Un secret.")
    plans = tmp_path / "sources" / "plans"
    plans.mkdir(parents=True)
    (plans / "lien.txt").symlink_to(tmp_path / "secret.txt")
    (plans / "boucle.txt").symlink_to(plans / "boucle.txt")
    (plans / "vrai.txt").write_text("Un plan.")
    contents = {
        s.key: read_source(s) for s in discover(tmp_path / "sources") if s.kind is SourceKind.DOCUMENT
    }
    assert {k: [a.kind for a in c.anomalies] for k, c in contents.items()} == {
        "plans/boucle": [UNREADABLE_FILE],
        "plans/lien": [UNREADABLE_FILE],
        "plans/vrai": [],
    }
    assert "secret" not in repr(contents["plans/lien"].passages)


_CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
from corpus.readers.documents.reader import read_document
from kb.errors import UnreadableSource
try:
    read_document(sys.stdin.buffer.read(), "h{suffix}", "plan-h", "plan")
except UnreadableSource as error:
    print(error.message)
# Of this program alone: ru_maxrss also counts the process that started it, as it was before it became this one.
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak.split()[1]) + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="la mémoire d'un processus se lit dans /proc")
@pytest.mark.parametrize("kind", ["zip bomb", "pages"])
def test_the_memory_of_a_refusal_is_bounded(kind: str) -> None:
    bomb = rewritten(**{"word/media/a.xml": bytes(200_000_000)})
    data, suffix = (bomb, ".docx") if kind == "zip bomb" else (many_pages(10_000), ".pdf")
    program = _CHILD.format(memory=MEMORY, suffix=suffix)
    done = subprocess.run(
        [sys.executable, "-c", program], input=data, capture_output=True, timeout=60, check=True
    )
    message, peak = done.stdout.decode().splitlines()
    assert "ne peut pas être lu" in message
    assert int(peak) < 400_000  # kibibytes; the interpreter and the readers take 90,000
    assert re.search(r"données|pages", message)
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != MEMORY
