"""Folders are walked, archives are read, and nothing in them does harm."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg import readers
from kg.errors import KgError, ReadError
from kg.readers._containers import Finder
from kg.settings import Settings

Run = Callable[..., tuple[int, str, str]]


def archive(path: Path, members: dict[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", way) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return path


def names(*sources: Path) -> list[str]:
    return [place.name for place in readers.located(sources)]


@pytest.fixture
def folder(tmp_path: Path, short: Path) -> Path:
    """A site with two pages of talks and much beside them."""
    root, text = tmp_path / "seminar", short.read_text("utf-8")
    for name, data in {
        "2021/coast.txt": text,
        "2022/coast.txt": text.replace("Tides", "Sands").replace("Ada", "Eva"),
        "README.md": "How to build this site",
        "LICENSE": "Do what you like",
        "style.css": "body { color: red }",
        ".git/config.txt": text,
        "node_modules/x/page.txt": text,
        ".hidden.txt": text,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(data, "utf-8")
    (root / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    return root


def test_a_folder_is_walked(folder: Path) -> None:
    graph = kg.build(folder)
    assert graph.stats()["talks"] == 2
    assert {"Ada Bergström", "Eva Bergström"} <= set(graph.names("person"))


def test_names_do_not_tell_where_a_folder_lies(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = [
        "seminar/2021/coast.txt",
        "seminar/2022/coast.txt",
    ]
    assert names(folder) == wanted
    monkeypatch.chdir(folder)
    assert names(Path()) == wanted
    assert names(Path("../seminar")) == wanted
    assert names(folder, folder) == wanted, "a folder named twice is read once"


def test_every_source_has_a_name_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("2021/x.txt", "a/2021/x.txt", "b/2022/x.txt", "b/y.txt"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path, "utf-8")
    monkeypatch.chdir(tmp_path)
    here = tmp_path.name
    given = [Path(p) for p in ("2021", "a/2021/x.txt", "b/2022/x.txt", "b/y.txt", "b")]
    wanted = {"2022/x.txt", f"{here}/2021/x.txt", "a/2021/x.txt", "y.txt"}
    assert set(names(*given)) == wanted
    assert len(names(*given)) == 4, "what is named twice is there once"
    with pytest.raises(ReadError, match="no file named ''"):
        readers.located([""])


def test_an_archive_is_the_same_as_its_folder(folder: Path, tmp_path: Path) -> None:
    files = {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }
    packed = archive(tmp_path / "seminar.zip", files)
    assert [n.replace(".zip", "") for n in names(packed) if "node_modules" not in n] == names(
        folder
    )
    assert kg.build(packed).stats()["talks"] == 2


def test_links_devices_and_other_graphs_are_passed_over(folder: Path, short: Path) -> None:
    (folder / "round").symlink_to(folder)
    (folder / "nowhere.txt").symlink_to(folder / "gone.txt")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.txt")
    kg.build(short, workspace=folder / "talks.kg")
    assert len(names(folder)) == 2


def test_a_reader_sees_what_lies_beside_but_nothing_outside(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    packed = archive(
        tmp_path / "a.zip", {"x/page.txt": b"page", "x/near.txt": b"near", "up.txt": b"up"}
    )
    for root, near in ((folder, "../2022/coast.txt"), (packed, "near.txt")):
        source = next(iter(readers.located([root]))).found.open()
        if root == packed:
            source = readers.located([root])[-1].found.open()
            assert source.beside("../up.txt") == b"up"
        assert source.beside(near)
        for outside in (
            "../../secret.txt",
            "../../../secret.txt",
            str(tmp_path / "secret.txt"),
            "none.txt",
        ):
            assert source.beside(outside) is None


def test_stamps_change_with_the_file(folder: Path) -> None:
    before = {p.name: p.stamp for p in readers.located([folder])}
    (folder / "2021" / "coast.txt").write_text("Another talk", "utf-8")
    after = {p.name: p.stamp for p in readers.located([folder])}
    assert [n for n in before if before[n] != after[n]] == ["seminar/2021/coast.txt"]


def test_bombs_are_refused(tmp_path: Path) -> None:
    zeros = bytes(50_000_000)
    bomb = archive(tmp_path / "bomb.zip", {f"{n}.txt": zeros for n in range(25)})
    with pytest.raises(ReadError, match="would unpack to more than 200 times its size"):
        names(bomb)
    inner = (tmp_path / "bomb.zip").read_bytes()
    assert kg_talks(archive(tmp_path / "nested.zip", {"bomb.zip": inner, "a.txt": b"x"})) == 0


def kg_talks(source: Path) -> int:
    """Talks that are read at a location."""
    left: list[str] = []
    pages = readers.gather(readers.located([source]), on_error=lambda name, _: left.append(name))
    return sum(len(kg.extract(page)) for page in pages)


def test_a_damaged_member_does_not_sink_the_others(
    tmp_path: Path, short: Path, kg_command: Run
) -> None:
    good = short.read_bytes()
    packed = archive(
        tmp_path / "talks.zip", {"good.txt": good, "bad.txt": good[::-1] * 3}, zipfile.ZIP_STORED
    )
    data = bytearray(packed.read_bytes())
    data[data.index(good[::-1])] ^= 1
    packed.write_bytes(data)
    code, out, err = kg_command("build", packed, "-o", tmp_path / "x.kg", "--json")
    assert code == 3
    assert [row["source"] for row in json.loads(out)["skipped"]] == ["talks.zip/bad.txt"]
    assert "talks.zip/bad.txt is a damaged member of the archive" in err
    assert "1 talk read, 1 skipped" in err
    [row] = map(json.loads, (tmp_path / "x.kg" / "dropped.jsonl").read_text("utf-8").splitlines())
    assert row["source"] == "talks.zip/bad.txt"
    code, _, err = kg_command("build", packed, "-o", tmp_path / "x.kg")
    assert (code, "is up to date" in err, "damaged member" in err) == (3, True, True)
    assert kg_command("build", packed, "-o", tmp_path / "y.kg", "--strict")[0] == 1
    kg_command("build", short, "-o", tmp_path / "x.kg")
    assert not (tmp_path / "x.kg" / "dropped.jsonl").exists()


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x05\x06", b"PK\x03\x04" + b"x" * 100])
def test_a_damaged_archive_says_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(ReadError, match=r"a\.zip is a damaged archive"):
        names(tmp_path / "a.zip")


def test_a_reader_that_breaks_is_told_in_a_line(
    short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise RecursionError("maximum recursion depth exceeded")

    monkeypatch.setattr(readers.readers()["text"], "read", broken)
    with pytest.raises(ReadError, match=r"^coast\.txt cannot be read \(RecursionError: maximum"):
        readers.read(short)


@given(
    st.dictionaries(
        st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=20),
        st.binary(max_size=60),
        max_size=5,
    ),
    st.binary(max_size=30),
    st.data(),
)
def test_any_archive_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory,
    members: dict[str, bytes],
    noise: bytes,
    data: st.DataObject,
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, content in members.items():
            made.writestr(name.encode("utf-8", "replace").decode(), content)
    found = packed.getvalue()
    at = data.draw(st.integers(0, len(found)))
    path = tmp_path_factory.getbasetemp() / "any.zip"
    path.write_bytes(found[:at] + noise + found[at + len(noise) :])
    try:
        for one in Finder(Settings(max_page_chars=250)).locate(path):
            one.open()
    except KgError:
        pass
