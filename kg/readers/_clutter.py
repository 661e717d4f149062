"""What stands on a web page beside its content: menus, footers, cookie banners, forms, what is hidden."""

from __future__ import annotations

import re

from kg.readers._elements import Element

_NEVER = frozenset(
    "script style template noscript svg head iframe object select textarea option input img video audio canvas"
    " datalist meta link map nav footer dialog annotation mjx-assistive-mml".split()
)
_ROLES = frozenset(
    "navigation banner contentinfo search complementary menu menubar alert alertdialog".split()
)
_TOKENS = re.compile(r"[^\W_]+(?:[-_]+[^\W_]+)*")
_CLUTTER = re.compile(
    r"(?:[\w-]*[-_])?(?:nav|navbar|navigation|menu|submenu|megamenu|breadcrumbs?|footer|foot|cookies?|consent|gdpr|sidebar"
    r"|widget|share|sharing|sharedaddy|social|socials|pagination|pager|newsletter|subscribe|login|searchform|comments?"
    r"|related|skip|tagcloud|toolbar|advert|advertisement|popup|sponsors?|partners?)(?:[-_](?:area|bar|block|box|container"
    r"|content|list|menu|links?|buttons?|icons?|wrapper|wrap|banner|main|inner|section|left|right|top|bottom|first|second"
    r"|item|nav|posts?|consent|notice|form|respond))?",
    re.IGNORECASE,
)
_UNHEARD = re.compile(
    r"\b(?:sr-only|visually-?hidden|screen-reader(?:-text)?|skip-(?:to-)?(?:link|content)|d-none d-print-\w+|noprint"
    r"|mw-editsection|katex-html|toc)\b",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MENU = re.compile(
    r"\b(?:home|about(?: us)?|contact(?: us)?|people|research|news|events|login|log in|sign in|search|sitemap|courses"
    r"|links"
    r"|publications"
    r"|startseite|kontakt|impressum|datenschutz|accueil|contacto|inicio|contatti|início|contato)\b|首页|联系我们"
    r"|ホーム|홈|главная|контакты|דף הבית",
    re.IGNORECASE,
)
_TOLD = 100
_SMALL_FORM = 400
_MOST_OF_IT = 0.5


def clutter(one: Element, whole: int, within: bool) -> bool:
    """Whether an element is none of the content.

    Parameters:
        whole: characters of the page.
        within: whether it stands inside of the main part.
    """
    if one.tag in _NEVER:
        return one.tag != "footer" or one.size < whole * _MOST_OF_IT
    if one.tag == "math":
        return False
    marked = f"{one.attributes.get('class', '')} {one.attributes.get('id', '')}"[:400]
    if _hidden(one, marked):
        return True
    if one.tag == "form" and one.size < _SMALL_FORM:
        return True
    if one.size > whole * _MOST_OF_IT or one.tag in {"body", "html", "main", "article"}:
        return False
    if one.tag == "button":
        return not re.search(r"accordion|collaps|toggle|title|head", marked)
    return _beside(one, marked, within)


def _hidden(one: Element, marked: str) -> bool:
    """Whether nobody sees an element; a text that only waits for a click is content."""
    if one.attributes.get("aria-hidden") == "true" or _UNHEARD.search(marked):
        return one.size < _TOLD or "aria-hidden" not in one.attributes
    unseen = "hidden" in one.attributes or _INVISIBLE.search(one.attributes.get("style", ""))
    return bool(unseen) and one.size < _TOLD


def _beside(one: Element, marked: str, within: bool) -> bool:
    """Whether an element is a menu, a side bar or another part around the content."""
    if one.attributes.get("role", "").lower() in _ROLES:
        return True
    if one.tag in {"header", "aside"} and not within:
        return not any(e.tag in {"h1", "h2"} for e in one.inside()) or one.linked * 2 > one.size
    if any(_CLUTTER.fullmatch(token) for token in _TOKENS.findall(marked)):
        return not any(e.tag in {"h1", "article"} for e in one.inside())
    if (
        one.tag in {"ul", "ol", "td", "div", "p", "center"}
        and one.size
        and one.linked >= 0.9 * one.size
    ):
        return _menu(one)
    return False


def _menu(one: Element) -> bool:
    """Whether links are those of a site: short, and some of them as every site has them."""
    if one.size > 600:
        return False
    links = [e.text() for e in one.inside() if e.tag == "a"]
    return len(links) > 2 and any(len(t) < 25 and _MENU.match(t) for t in links)
