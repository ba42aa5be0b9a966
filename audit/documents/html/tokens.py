"""The tags, references and text of a web page in the order of its source, each with its offset.

Every search goes forward from where the last one ended, and what has no end any more is not looked for again, so that
the work stays in step with the length of the page however it is broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from audit.model.frozen import frozen


@frozen
class Text:
    """A piece of text and its offset in the file; `reference` as in `FilePlace`."""

    text: str
    offset: int
    reference: int = 0


@frozen
class StartTag:
    """A tag that opens an element; `empty` for one that is written as closed at once (`<o:p/>`)."""

    name: str
    attributes: dict[str, str]
    empty: bool


@frozen
class EndTag:
    """A tag that closes an element."""

    name: str


Token = Text | StartTag | EndTag

_SIGN = re.compile("[<&]")
_NAME = r"([a-zA-Z][^\s/>\x00]*+)"
_START = re.compile(rf"""<{_NAME}((?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+)>""")
_BARE_START = re.compile(rf"<{_NAME}([^<>]*+)>")
_END_NAME = re.compile(rf"\s*+{_NAME}")
_COMMENT_END = re.compile(r"--\s*+>|--!>")
_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/=>]*+)(?:\s*+=[=\s]*+("[^"]*+"|'[^']*+'|[^>\s]*+))?""")
_SELF_CLOSED = re.compile(r"""(?:^|[\s"'])/\s*+$""")
_REFERENCE = re.compile(
    r"&(?:#(?:[0-9]{1,9}(?![0-9])|[xX][0-9a-fA-F]{1,8}(?![0-9a-fA-F]))|[a-zA-Z][-.a-zA-Z0-9]{0,40})"
)
_RAW = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")}
"""Elements whose content is no markup, with what ends it."""


def tokens(source: str) -> Iterator[Token]:
    """Everything in `source` but comments, declarations and the content of scripts and styles.

    A tag that nothing closes is text, as is a sign that begins none.
    """
    last_close = source.rfind(">")
    quoted = commented = True
    at = 0
    while sign := _SIGN.search(source, at):
        begin = sign.start()
        if begin > at:
            yield Text(source[at:begin], at)
        if source[begin] == "&":
            text = _referred(source, begin)
            yield text
            at = begin + (text.reference or len(text.text))
            continue
        following = source[begin + 1] if begin < last_close else ""
        if following.isascii() and following.isalpha():
            tag = _START.match(source, begin) if quoted else None
            quoted = tag is not None
            tag = tag or _BARE_START.match(source, begin)
            if tag is None:
                yield Text("<", begin)
                at = begin + 1
                continue
            name, rest = tag[1].lower(), tag[2]
            empty = bool(_SELF_CLOSED.search(rest[-4:]))
            yield StartTag(name, _attributes(rest) if rest else {}, empty)
            at = tag.end()
            if name in _RAW and not empty:
                end = _RAW[name].search(source, at)
                at = end.start() if end else len(source)
        elif following == "/":
            if named := _END_NAME.match(source, begin + 2):
                yield EndTag(named[1].lower())
            at = source.find(">", begin) + 1
        elif following in ("!", "?"):
            at = source.find(">", begin) + 1
            if commented and source.startswith("<!--", begin):
                end = _COMMENT_END.search(source, begin + 2)
                commented = end is not None
                at = end.end() if end else at
        else:
            yield Text("<", begin)
            at = begin + 1
    if at < len(source):
        yield Text(source[at:], at)


def _attributes(written: str) -> dict[str, str]:
    """The attributes of a tag by lower-case name, the last of a name; one without a value is empty."""
    found: dict[str, str] = {}
    for attribute in _ATTRIBUTE.finditer(written):
        value = attribute[2] or ""
        if value[:1] in ("'", '"'):
            value = value[1:-1]
        found[attribute[1].lower()] = unescape(value) if "&" in value else value
    return found


def _referred(source: str, begin: int) -> Text:
    """A character reference, with its semicolon if it has one; what html does not know is text as it stands."""
    match = _REFERENCE.match(source, begin)
    if match is None:
        return Text("&", begin)
    written = match[0] + (";" if source.startswith(";", match.end()) else "")
    meant = unescape(written)
    known = len(meant) == 1 and meant != written
    return Text(meant, begin, len(written)) if known else Text(written, begin)
