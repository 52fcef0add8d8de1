"""The Atom feed of releases (RFC 4287): one entry for each, also for those that were retracted."""

from collections.abc import Sequence
from datetime import datetime
from xml.etree import ElementTree as Xml

from flows.release.manifest import Release

NAMESPACE = "http://www.w3.org/2005/Atom"
TITLE = "Casebook: releases of probation inspection and performance figures"


def feed(releases: Sequence[Release], address: str | None) -> bytes:
    """The feed of releases, of which there is one at least, the last that changed first.

    address: at which the folder of releases is served; without it links are relative to the feed.
    """
    root = Xml.Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en-GB"})
    _add(root, "id", releases[0].tag.rpartition("/")[0])
    _add(root, "title", TITLE)
    _add(root, "updated", _moment(max(release.changed_at for release in releases)))
    _add(_add(root, "author"), "name", "Casebook")
    if address:
        _add(root, "link", rel="self", type="application/atom+xml", href=f"{address}/feed.xml")
    _add(root, "link", rel="alternate", type="text/html", href=_at(address, "index.html"))
    for release in sorted(releases, key=lambda one: (one.changed_at, one.number), reverse=True):
        _add_entry(root, release, address)
    Xml.indent(root)
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add_entry(root: Xml.Element, release: Release, address: str | None) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", release.tag)
    _add(entry, "title", f"Release {release.name}{' (retracted)' if release.retracted_at else ''}")
    if release.released_at:
        _add(entry, "published", _moment(release.released_at))
    _add(entry, "updated", _moment(release.changed_at))
    _add(entry, "link", rel="alternate", type="text/html", href=_at(address, f"{release.name}/index.html"))
    _add(entry, "summary", _summary(release))


def _summary(release: Release) -> str:
    if release.retracted_at:
        return f"Retracted: {release.reason}"
    return release.notes + (f"\n\nRevised: {', '.join(release.revised)}." if release.revised else "")


def _add(parent: Xml.Element, name: str, text: str | None = None, **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, name, attributes)
    element.text = text
    return element


def _at(address: str | None, path: str) -> str:
    return f"{address}/{path}" if address else path


def _moment(when: datetime) -> str:
    return when.isoformat().replace("+00:00", "Z")
