"""Markdown and Python as HTML, once, when a question is loaded: no raw HTML in, nothing but known tags out."""

import re
from functools import cache

import nh3
from markdown_it import MarkdownIt
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

TAGS = {
    *(
        "a",
        "b",
        "blockquote",
        "br",
        "code",
        "del",
        "div",
        "em",
        "h3",
        "h4",
        "hr",
        "i",
        "li",
        "ol",
        "p",
        "pre",
    ),
    *("span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {"a": {"href"}, "div": {"class"}, "span": {"class"}, "pre": {"class"}, "code": {"class"}}


def markdown(text: str) -> str:
    """Sanitised HTML of a Markdown text."""
    return _clean(_parser().render(text))


def inline(text: str) -> str:
    """Sanitised HTML of one paragraph, without the paragraph: for a heading."""
    return _clean(_parser().renderInline(text))


def python(code: str) -> str:
    """Highlighted HTML of a Python program, by Pygments' class names."""
    return _highlighted(code, "python")


def _clean(html: str) -> str:
    # A browser would break the line between "정규화(regularization)" or `code` and its particle: a word joiner holds.
    joined = re.sub(r"([)\]]|</(?:code|em|strong)>)(?=[가-힣])", "\\1\N{WORD JOINER}", html)
    return nh3.clean(joined, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"https"})


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "highlight": _fence}).enable("table")


def _fence(code: str, language: str, _attributes: str) -> str:
    return _highlighted(code, language or "text")


def _highlighted(code: str, language: str) -> str:
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        lexer = get_lexer_by_name("text")
    return str(highlight(code, lexer, HtmlFormatter(cssclass="code", wrapcode=True)))
