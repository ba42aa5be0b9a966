"""Short names for the elements of WordprocessingML, the same for the transitional and the strict
namespaces."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
}


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    namespace, _, local = tag.rpartition("}")
    prefix = _PREFIXES.get(namespace.lstrip("{"))
    return f"{prefix}:{local}" if prefix else local


def name(element: etree._Element) -> str:
    """`w:p` for a paragraph and so on; the bare local name in a namespace unknown here; empty for a
    comment."""
    tag = element.tag
    return _short(tag) if isinstance(tag, str) else ""


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child along `path` of short names; `None` where a step is missing."""
    for step in path:
        if element is None:
            return None
        element = next((found for found in element if name(found) == step), None)
    return element


def attribute(element: etree._Element | None, local: str) -> str | None:
    """The attribute of that local name in the `w` namespace, whichever that is; `None` without one."""
    if element is None:
        return None
    namespace = str(element.tag).rpartition("}")[0]
    return element.get(f"{namespace}}}{local}" if namespace else local)


def value(element: etree._Element | None, *path: str) -> str | None:
    """The `w:val` of the child along `path`."""
    return attribute(child(element, *path), "val")


def is_on(element: etree._Element | None, *path: str) -> bool:
    """Whether the on/off property along `path` is there and not switched off."""
    found = child(element, *path)
    return found is not None and attribute(found, "val") not in ("0", "false", "off")
