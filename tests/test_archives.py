"""Archives and folders that are odd, damaged or out to do harm."""

from __future__ import annotations

import io
import json
import logging
import os
import stat
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg import readers
from kg.errors import KgError, NoTalks, ReadError
from kg.readers import _archives
from kg.readers._containers import Finder
from kg.settings import Settings

Run = Callable[..., tuple[int, str, str]]


def archive(path: Path, *members: tuple[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", way) as made:
        for name, data in members:
            made.writestr(name, data)
    return path


def names(*sources: Path | str) -> list[str]:
    return [place.name for place in readers.located(sources)]


def refused(*sources: Path | str) -> dict[str, str]:
    """What cannot be read at some locations, and why."""
    told: dict[str, str] = {}
    places = readers.located(sources, on_error=lambda name, e: told.update({name: str(e)}))
    list(readers.gather(places, on_error=lambda name, e: told.update({name: str(e)})))
    return told


# ---------------------------------------------------------------- archives


def test_names_of_members_are_read_as_they_were_meant(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.zip", ("días/señales.txt", b"x"), ("xxxx.txt", b"y"), ("t\\u.txt", b"z")
    )
    data = path.read_bytes()
    assert names(path) == ["a.zip/días/señales.txt", "a.zip/t/u.txt", "a.zip/xxxx.txt"]
    path.write_bytes(data.replace(b"xxxx.txt", b"\xc3\xa9\xc3\xb8.txt"))
    assert "a.zip/éø.txt" in names(path), "UTF-8 that is not said to be"
    path.write_bytes(data.replace(b"xxxx.txt", b"\x82\x81ab.txt"))
    assert "a.zip/éüab.txt" in names(path), "of the first PCs"


@pytest.mark.parametrize(
    "name", ["../../up.txt", "/etc/up.txt", "C:\\up.txt", "a/../../up.txt", "./up.txt"]
)
def test_paths_that_lead_out_are_names_and_no_more(tmp_path: Path, name: str) -> None:
    path = archive(tmp_path / "a.zip", (name, b"Tides of Logic"))
    [place] = readers.located([path])
    source = place.found.open()
    assert source.data == b"Tides of Logic"
    assert source.beside("../../../../../../../../etc/hostname") is None
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_of_two_members_of_one_name_the_later_counts(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = archive(tmp_path / "a.zip", ("a.txt", b"old"), ("a.txt", b"new"))
    [place] = readers.located([path])
    assert place.found.open().data == b"new"


def test_a_member_may_have_no_name(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", ("xx", b"x"), ("a.txt", b"y"))
    path.write_bytes(path.read_bytes().replace(b"xx", b"\0\0"))
    assert names(path) == ["a.zip/a.txt"]


def test_links_and_folders_are_no_members(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
        made.writestr("folder.txt/", b"")
        made.writestr("a.txt", b"x")
    assert names(path) == ["a.zip/a.txt"]


def test_what_is_encrypted_or_packed_twice_is_told(tmp_path: Path, short: Path) -> None:
    inner = archive(tmp_path / "inner.zip", ("a.txt", b"x")).read_bytes()
    path = archive(
        tmp_path / "a.zip",
        ("coast.txt", short.read_bytes()),
        ("inner.zip", inner),
        ("lock.txt", b"x"),
    )
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x03\x04", data.index(b"lock.txt") - 40) + 6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert refused(path) == {
        "a.zip/inner.zip": "a.zip/inner.zip is an archive in an archive; unpack it",
        "a.zip/lock.txt": "a.zip/lock.txt is encrypted",
    }
    assert kg.build(path, on_error=lambda *_: None).stats()["talks"] == 1


@pytest.mark.parametrize("way", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_may_be_so_long_whatever_it_says(tmp_path: Path, way: int) -> None:
    path = archive(tmp_path / "a.zip", ("long.txt", b"a" * 5000), ("a.txt", b"x"), way=way)
    places = readers.located([path], Settings(max_page_chars=1000))
    assert places[0].found.open().data == b"x"
    with pytest.raises(ReadError, match=r"a\.zip/long\.txt has more than 1,000 characters"):
        places[1].found.open()
    data = path.read_bytes()
    told = (5000).to_bytes(4, "little")
    path.write_bytes(data.replace(told, (10).to_bytes(4, "little")))
    assert "damaged member" in refused(path)["a.zip/long.txt"]


def test_members_may_be_so_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_archives, "_MOST_MEMBERS", 2)
    path = archive(tmp_path / "a.zip", *((f"{n}.txt", b"x") for n in range(3)))
    with pytest.raises(ReadError, match=r"a\.zip has 3 members; the most are 2"):
        names(path)


def test_an_archive_in_a_folder_is_read_and_a_damaged_one_told(tmp_path: Path) -> None:
    root = tmp_path / "site"
    root.mkdir()
    archive(root / "a.zip", ("x/a.txt", b"x"))
    (root / "b.zip").write_bytes(b"PK\x03\x04 and no more")
    assert names(root) == ["site/a.zip/x/a.txt", "site/b.zip"]
    assert "site/b.zip is a damaged archive" in refused(root)["site/b.zip"]


def test_an_archive_may_be_piped_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, short: Path
) -> None:
    data = archive(tmp_path / "a.zip", ("a.txt", short.read_bytes())).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [p.name for p in readers.read("-")] == ["stdin/a.txt"]
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(ReadError, match="stdin is closed"):
        readers.read("-")


# ---------------------------------------------------------------- folders


def test_links_out_of_a_folder_are_told(tmp_path: Path) -> None:
    root, away = tmp_path / "site", tmp_path / "away.txt"
    root.mkdir()
    away.write_text("secret", "utf-8")
    (root / "a.txt").write_text("x", "utf-8")
    (root / "out.txt").symlink_to(away)
    (root / "in.txt").symlink_to(root / "a.txt")
    (root / "loop.txt").symlink_to(root / "loop.txt")
    assert names(root) == ["site/a.txt", "site/in.txt", "site/out.txt"]
    assert "leads out of the folder" in refused(root)["site/out.txt"]


def test_a_folder_that_is_shut_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site" / "shut").mkdir(parents=True)
    (tmp_path / "site" / "a.txt").write_text("x", "utf-8")
    scan = os.scandir

    def shut(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", shut)
    assert refused(tmp_path / "site") == {
        "site/shut": "site/shut cannot be read: Permission denied"
    }


def test_a_graph_is_no_source(tmp_path: Path, short: Path) -> None:
    kg.build(short, workspace=tmp_path / "talks.kg")
    with pytest.raises(ReadError, match="is the graph that a build wrote"):
        names(tmp_path / "talks.kg")


def test_what_a_program_pipes_in_is_read_once(tmp_path: Path, short: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    Thread(target=lambda: pipe.write_bytes(short.read_bytes()), daemon=True).start()
    [page] = readers.read(pipe)
    assert page.text.startswith("Tides of Logic")


def test_names_hold_nothing_that_cannot_be_seen(tmp_path: Path) -> None:
    for name in (b"a\n.txt", b"b\xff.txt", "c\u202e.txt".encode(), "d\u0301.txt".encode()):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("x", "utf-8")
    found = [name.partition("/")[2] for name in names(tmp_path)]
    assert found == ["a\\x0a.txt", "b\\udcff.txt", "c\\x202e.txt", "d\u0301.txt"]


def test_files_beside_a_named_one_are_seen(tmp_path: Path) -> None:
    (tmp_path / "event" / "videos").mkdir(parents=True)
    (tmp_path / "event" / "category.json").write_text('{"title": "Coast Days"}', "utf-8")
    (tmp_path / "event" / "videos" / "a.json").write_text("{}", "utf-8")
    [place] = readers.located([tmp_path / "event" / "videos" / "a.json"])
    source = place.found.open()
    assert source.beside("../category.json")
    assert source.beside("../../event/videos/a.json") == b"{}"
    assert source.beside("../../../etc/hostname") is None
    assert source.beside("\0") is None


def test_only_what_readers_know_is_read_and_the_rest_counted(
    tmp_path: Path, short: Path, kg_command: Run
) -> None:
    root = tmp_path / "site"
    root.mkdir()
    (root / "coast.txt").write_bytes(short.read_bytes())
    (root / "plan.docx").write_bytes(
        archive(tmp_path / "x", ("[Content_Types].xml", b"x")).read_bytes()
    )
    (root / "notes").write_text("who brings the cake", "utf-8")
    (root / "photo.png").write_bytes(b"\x89PNG")
    code, _, err = kg_command("extract", root)
    assert (code, "skipped" in err) == (0, False)
    assert "kg: passed over files that no reader knows: 1 no ending, 1 .docx" in err


def test_a_named_source_without_talks_says_so(tmp_path: Path, short: Path, kg_command: Run) -> None:
    (tmp_path / "a.json").write_text('{"title": "Settings", "colour": "red"}', "utf-8")
    with pytest.raises(NoTalks, match=r"^a\.json: no talk found in it"):
        list(readers.gather(readers.located([tmp_path / "a.json"])))
    code, out, _ = kg_command(
        "build", tmp_path / "a.json", short, "-o", tmp_path / "x.kg", "--json"
    )
    assert (code, [row["source"] for row in json.loads(out)["skipped"]]) == (3, ["a.json"])


def test_a_reader_that_breaks_while_it_is_asked_keeps_no_other_from_reading(
    short: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: object) -> float:
        raise MemoryError

    monkeypatch.setattr(readers.readers()["ical"], "claims", broken)
    with caplog.at_level(logging.DEBUG, "kg"):
        assert readers.read(short)
    assert "claiming coast.txt" in caplog.messages


_NAMES = st.one_of(
    st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=12),
    st.sampled_from(["a.txt", "a/b.json", "category.json", "x.zip", "../a.csv", "a\\b.md", ".git/x.txt", "/a.ics"]),
)  # fmt: skip
_CONTENT = st.one_of(
    st.binary(max_size=60),
    st.sampled_from([b"[{}]", b"a,b\n1,2", b"BEGIN:VCALENDAR", b"---\na: 1\n---\n# T", b"<html>", b"%PDF-"]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(_NAMES, _CONTENT), max_size=5),
    st.sampled_from(
        [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
    ),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(min_size=1, max_size=6)), max_size=3),
)
def test_any_archive_gives_pages_or_one_line(
    tmp_path_factory: pytest.TempPathFactory,
    members: list[tuple[str, bytes]],
    way: int,
    noise: list[tuple[int, bytes]],
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", way) as made:
        for name, content in dict(members).items():
            made.writestr(name.encode("utf-8", "replace").decode(), content)
    data = bytearray(packed.getvalue())
    for at, piece in noise:
        data[at % len(data) : at % len(data) + len(piece)] = piece
    path = tmp_path_factory.getbasetemp() / "any.zip"
    path.write_bytes(data)
    told: list[str] = []  # errors themselves would hold the archive open
    finder = Finder(Settings(max_page_chars=250))
    try:
        places = [readers.Place(one.parts[-1], one) for one in finder.locate(path)]
    except KgError as error:
        told.append(str(error))
    else:
        list(readers.gather(places, on_error=lambda _, error: told.append(str(error))))
    assert not any("\n" in error for error in told)
