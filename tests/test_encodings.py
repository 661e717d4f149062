"""Encodings: by a mark, by zeros, as declared, by letters; and what is broken stays readable."""

from __future__ import annotations

import codecs
import contextlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import readers
from kg.errors import ReadError
from kg.readers import Source
from kg.readers._decoding import decode
from kg.readers._encodings import encoding

TEXTS = {
    "french": "Séminaire d’été : la théorie des marées\nHélène Lefèvre, École des côtes\n"
    "Où va l’eau ? Là où ça penche, peut-être.",
    "german": "Über Strömungen und Gezeiten\nJürgen Weißmüller, Universität Tübingen\n"
    "Er hält größere Flüsse für schöner.",
    "spanish": "Conferencia: señales en el océano\nBegoña Núñez, Universidad de Málaga\n"
    "¿Cuándo llegará la próxima marea?",
    "portuguese": "Lição sobre as marés\nJoão Magalhães, Universidade de Évora\n"
    "A instituição não é só um edifício, são também as ideias.",
    "swedish": "Föreläsning om vågor och vind\nÅsa Sjöström, Göteborgs högskola\n"
    "Havet är större än det ser ut från kusten.",
    "danish": "Foredrag om bølger på havet\nSøren Kjærgård, Ålborg\n"
    "Han læser og skriver også om øer og fjorde, som få kender.",
    "polish": "Wykład o pływach i prądach\nJędrzej Żółkiewski, Politechnika Łódzka\n"
    "Będzie mówił o tym, dlaczego rzeki skręcają.",
    "czech": "Přednáška o přílivu a odlivu\nJiří Dvořáček, Univerzita v Olomouci\n"
    "Řeky se stáčejí, protože Země se točí.",
    "hungarian": "Előadás az árapályról\nSzűcs Ágnes, Műszaki Egyetem\n"
    "A folyók őrzik a régi idők emlékét.",
    "croatian": "Predavanje o plimi i oseci\nŽeljka Šimić, Sveučilište u Zadru\n"
    "Rijeke skreću jer se Zemlja kreće, čak i noću.",
    "turkish": "Gelgitler üzerine bir konuşma\nÇağrı Yıldız, İstanbul\n"
    "Irmakların neden kıvrıldığını anlatıyor, şaşırtıcı sonuçlarla.",
    "greek": "Διάλεξη για τις παλίρροιες\nΕλένη Παπαδάκη, Πανεπιστήμιο Κρήτης\n"
    "Γιατί στρίβουν τα ποτάμια;",
    "russian": "Лекция о приливах и отливах\nЕкатерина Волкова, Морской институт\n"
    "Почему реки поворачивают, рассказывает докладчик.",
    "ukrainian": "Лекція про припливи\nОксана Їжакевич, Київський інститут\n"
    "Чому річки звертають, розповість доповідачка її кафедри.",
    "bulgarian": "Лекция за приливите и отливите\nИван Стоянов, Морски институт\n"
    "Защо реките завиват, ще разкаже докладчикът.",
    "hebrew": "הרצאה על גאות ושפל\nנועה ברק, המכון לחקר הים",
    "arabic": "محاضرة عن المد والجزر\nليلى منصور، معهد البحار",
    "thai": "บรรยายเรื่องน้ำขึ้นน้ำลง\nสมชาย ใจดี สถาบันทะเล",
    "simplified": "关于潮汐的讲座\n李海波教授，海洋研究所\n我们研究河流为什么会转弯，以及水的运动。",
    "traditional": "關於潮汐的演講\n陳海波教授，海洋研究所\n我們研究河流為什麼會轉彎，以及水的運動。",
    "japanese": "潮の満ち引きについての講演\n山口波子、海洋研究所\n川がなぜ曲がるのかをお話しします。",
    "korean": "조석에 관한 강연\n김바다 교수, 해양 연구소\n강이 왜 굽어 흐르는지 이야기합니다.",
}
WESTERN = ("french", "german", "spanish", "portuguese", "swedish", "danish")
KEPT_IN = {
    "cp1252": WESTERN,
    "mac_roman": WESTERN,
    "cp1250": ("polish", "czech", "hungarian", "croatian"),
    "iso8859_2": ("polish", "czech", "hungarian", "croatian"),
    "cp1254": ("turkish",),
    "iso8859_9": ("turkish",),
    "cp1253": ("greek",),
    "iso8859_7": ("greek",),
    "cp1251": ("russian", "ukrainian", "bulgarian"),
    "koi8_r": ("russian",),
    "koi8_u": ("ukrainian",),
    "iso8859_5": ("russian", "bulgarian"),
    "cp866": ("russian",),
    "cp1255": ("hebrew",),
    "cp1256": ("arabic",),
    "cp874": ("thai",),
    "gb18030": ("simplified",),
    "gb2312": ("simplified",),
    "big5": ("traditional",),
    "shift_jis": ("japanese",),
    "euc_jp": ("japanese",),
    "iso2022_jp": ("japanese",),
    "euc_kr": ("korean",),
    "utf-16-le": tuple(TEXTS),
    "utf-16-be": tuple(TEXTS),
    "utf-32-le": tuple(TEXTS),
    "utf-32-be": tuple(TEXTS),
}


@pytest.mark.parametrize(
    ("codec", "language"), [(c, name) for c, names in KEPT_IN.items() for name in names]
)
def test_encodings_are_told_by_their_letters(codec: str, language: str) -> None:
    data = TEXTS[language].encode(codec, "ignore")  # old encodings lack some marks
    assert decode("page.txt", data) == data.decode(codec)


@pytest.mark.parametrize(
    "text",
    [
        "José’s talk – x\n", "Zoë Brontë", "Renée", "Universität", "the pub “Tides” — and after", "15:00–15:15 Tea",
        "a caf\xe9 in Malmö", "Muñoz", "© 2022 the shore", "• one\n• two\n• three", "Ångström", "Göttingen’s best",
        "temperature of 21 °C", "£5 at the door", "François Brûlé", "São Tomé", "Reykjavík", "Øystein Bråthen",
    ],
)  # fmt: skip
def test_short_western_text_stays_western(text: str) -> None:
    assert decode("page.txt", text.encode("cp1252")).strip() == text.strip()


@pytest.mark.parametrize(
    ("text", "codec"),
    [("Łódź", "cp1250"), ("Jiří Dvořák", "iso8859_2"), ("Привет", "cp1251"), ("Чайка", "koi8_r"), ("海洋研究", "gbk")],
)  # fmt: skip
def test_a_few_letters_may_be_enough(text: str, codec: str) -> None:
    assert decode("page.txt", text.encode(codec)) == text


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ('<?xml version="1.0" encoding="ISO-8859-2"?>\n', "iso8859_2"),
        ("<?xml version='1.0' encoding='windows-1250'?>\n", "cp1250"),
        ('<html><head><meta charset="iso-8859-4">', "iso8859_4"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=x-mac-ce">', "mac_latin2"),
        ("# -*- coding: cp1257 -*-\n", "cp1257"),
    ],
)
def test_a_declared_encoding_is_minded(head: str, codec: str) -> None:
    text = f"{head}<p>Dnešní přednáška: š ž</p>"
    data = text.encode(codec, "ignore")
    assert decode("page.xml", data) == data.decode(codec)


def test_what_is_sent_with_a_page_is_minded_unless_it_is_wrong() -> None:
    text = "Größe und Höhe, schöne Straße"
    data = text.encode("cp850")
    for media, wanted in (
        ("text/plain; charset=cp850", text),
        ("text/plain; charset=utf-8", text),
        ("text/plain; charset=klingon", text),
        ("text/plain; charset=iso-8859-1", data.decode("cp1252", "replace")),
    ):
        assert Source("a.txt", data, media=media).text == wanted
    assert Source("a.txt", b"Caf\xc3\xa9", media="text/plain; charset=iso-8859-1").text == "Café"


def test_utf_8_with_a_few_bad_bytes_stays_utf_8(caplog: pytest.LogCaptureFixture) -> None:
    data = TEXTS["french"].encode() + b" \x92 "
    assert decode("page.txt", data) == TEXTS["french"] + " \ufffd "
    assert caplog.messages == [
        f"page.txt has a place that is no UTF-8 (byte {len(data) - 2}); they stand as \ufffd"
    ]


def test_utf_8_that_is_cut_short_stays_utf_8() -> None:
    assert decode("page.txt", "Malmö, Łódź, Ω".encode()[:-1]) == "Malmö, Łódź, \ufffd"


def test_utf_16_with_a_mark_is_no_utf_32() -> None:
    assert encoding(codecs.BOM_UTF16_LE + "\0a".encode("utf-16-le")).codec == "utf-16"
    assert encoding(codecs.BOM_UTF32_LE + "ab".encode("utf-32-le")).codec == "utf-32"


def test_the_head_of_a_source_is_text_in_any_encoding() -> None:
    text = '{"title": "Přílivy"}'
    for codec in ("utf-8", "utf-16", "utf-16-le", "utf-32", "cp1250"):
        assert Source("a.json", text.encode(codec)).head.startswith('{"title"')
    assert Source("a.pdf", b"%PDF-1.7 \xe2\xe3").head.startswith("%PDF")


def test_zeros_and_marks_of_direction_are_left_out() -> None:
    filler = "the tide turns " * 100
    assert decode("a.txt", f"a\0b \u202edc\u202c {filler}".encode()).startswith("ab dc the")
    assert decode("a.txt", b"Tides of Logic" + bytes(5000)) == "Tides of Logic"


def test_the_same_bytes_have_one_encoding() -> None:
    data = random.Random(5).randbytes(4000)
    assert len({encoding(data) for _ in range(3)}) == 1


@settings(max_examples=400)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.builds(
            lambda text, codec, at, noise: text.encode(codec, "ignore")[:at] + noise,
            st.sampled_from(sorted(TEXTS.values())),
            st.sampled_from(sorted(KEPT_IN)),
            st.integers(0, 300),
            st.binary(max_size=9),
        ),
    ),
    st.sampled_from(["", "text/html; charset=utf-16", "text/plain; charset=hz", "charset=\"'"]),
)
def test_any_bytes_have_an_encoding(data: bytes, media: str) -> None:
    source = Source("any.txt", data, media=media)
    readers.choose(source)
    with contextlib.suppress(ReadError):
        assert source.text.strip()
        source.text.encode()
