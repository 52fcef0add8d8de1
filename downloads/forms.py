"""Workbooks as forms (flows.base.render_cache): packed once, all but the few parts that say which publication they are of."""

import json
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from figures import Publication
from figures.show import day
from flows.base.render_cache import BUSINESS_DATE, RUN_ID

CREATED = datetime(1900, 1, 1)
"""Stands for the business date where a workbook says when it was made."""

MOMENT = "%Y-%m-%dT%H:%M:%SZ"
TIME_OF_PARTS = (1980, 1, 1, 0, 0, 0)

END = b"\0"
"""Ends the parts with marks, which are JSON; what follows is the archive of the others."""


def packed(parts: dict[str, bytes]) -> bytes:
    """Parts of a workbook as a form."""
    marked = {name: part.decode() for name, part in parts.items() if _has_mark(part)}
    archive = BytesIO()
    _append(archive, {name: part for name, part in parts.items() if name not in marked})
    return json.dumps(marked).encode() + END + archive.getvalue()


def filled(form: bytes, publication: Publication) -> bytes:
    """A form as the workbook of a publication."""
    marked, _, others = form.partition(END)
    archive = BytesIO(others)
    _append(archive, {name: _told(part, publication).encode() for name, part in json.loads(marked).items()})
    return archive.getvalue()


def _append(archive: BytesIO, parts: dict[str, bytes]) -> None:
    with ZipFile(archive, "a", ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(ZipInfo(name, TIME_OF_PARTS), part, ZIP_DEFLATED)


def _has_mark(part: bytes) -> bool:
    return any(mark.encode() in part for mark in (RUN_ID, BUSINESS_DATE, f"{CREATED:{MOMENT}}"))


def _told(part: str, publication: Publication) -> str:
    text = part.replace(RUN_ID, publication.run_id).replace(BUSINESS_DATE, day(publication.business_date))
    return text.replace(f"{CREATED:{MOMENT}}", f"{publication.business_date:{MOMENT}}")
