"""Organizations and posts in Chinese and Japanese script, which sets no spaces and no capitals.

Example: *執行役員 | 株式会社青鷺* has a post and a firm.
"""

from __future__ import annotations

import re

from kg.language import Sentence
from kg.mentions import Context
from kg.model import Mention, Span

_SCRIPT = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_NAME = "[A-Za-z0-9 ー・＆&.\u30a0-\u30ff\u4e00-\u9fff]"
_INNER = _NAME.replace(" ", "")
_FORMS = (
    "株式会社|有限会社|合同会社|㈱|一般社団法人|一般財団法人|公益社団法人|公益財団法人|学校法人|"
    "国立研究開発法人|独立行政法人|特定非営利活動法人|NPO法人"
)
_ENDS = (
    "股份有限公司|有限责任公司|有限公司|公司|集团|大学院|大学|大學|学院|學院|研究所|研究院|研究中心|"
    "実験室|实验室|银行|銀行|基金会|財団|协会|協会|学会|医院|病院|博物館|博物馆|美術館|図書館|图书馆"
)
_ORGANIZATION = re.compile(
    rf"(?:{_FORMS}){_INNER}(?:{_NAME}*{_INNER})?|{_INNER}+?(?:{_FORMS}|{_ENDS})(?!{_INNER}*(?:{_ENDS}))"
)
_POST = re.compile(
    r"[^\s|｜,，、。()（）/／・]*?(?:代表取締役(?:社長)?|取締役|執行役員|役員|社長|会長|部長|課長|室長|"
    r"所長|局長|館長|理事長|理事|責任者|マネージャー?|ディレクター|プロデューサー|エンジニア|デザイナー|"
    r"アナリスト|コーチ|リーダー|オフィサー|スペシャリスト|コンサルタント|アーキテクト|サイエンティスト|"
    r"エバンジェリスト|准教授|助教授|特任教授|教授|講師|助教|研究員|代表|创始人|董事长|总裁|总经理|经理|"
    r"总监|工程师|研究员|主任|院长|校长|副教授|讲师|博士生)(?:C[A-Z]{1,3}O)?"
    r"(?=[\s|｜,，、。()（）/／・兼]|\Z)"
)


def find(sentence: Sentence, context: Context) -> list[Mention]:
    """Firms by their form or ending, posts by their last word; nothing in a sentence of another script."""
    del context
    text = sentence.text
    if not _SCRIPT.search(text):
        return []
    firms = [_mention(sentence, "organization", m, 1.8) for m in _ORGANIZATION.finditer(text)]
    posts = [_mention(sentence, "role", m, 1.7) for m in _POST.finditer(text)]
    return [*firms, *posts]


def _mention(sentence: Sentence, kind: str, match: re.Match[str], weight: float) -> Mention:
    value = match.group().strip()
    start = sentence.span.start + match.start() + match.group().index(value)
    note = "org" if kind == "organization" else ""
    return Mention(kind, Span(start, start + len(value)), value, weight, note)
