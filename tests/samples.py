"""Small deliveries, good until a test spoils them: a row that loads for each kind, and writers for the formats."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from string import ascii_uppercase
from xml.sax.saxutils import escape

from expectations.contract import Column, Delivery

Row = Mapping[str, str]

ANY = Delivery(
    kind="judgement",
    grain="a row",
    columns=(Column("a"), Column("b", required=False), Column("c", optional=True)),
    key=("a",),
)
"""A delivery with short names. Its kind is one that the reading process knows."""


class CellError(str):
    """What a workbook's cell shows whose formula has no value, such as #N/A."""


GOOD: dict[str, dict[str, str]] = {
    "judgement": {
        "inspection_id": "ESI-BED-2005",
        "case_id": "BED/2005/0001",
        "question_code": "1.1.1",
        "answer": "sufficient",
    },
    "performance_return": {
        "area_code": "BED",
        "data_period": "0404",
        "measure_code": "ECP",
        "numerator": "42",
        "denominator": "",
    },
    "performance_target": {
        "performance_year": "2004/05",
        "area_code": "BED",
        "measure_code": "ECP",
        "target": "467",
        "direction": "higher",
        "profile": "",
    },
    "recommendation": {
        "inspection_id": "ESI-BED-2005",
        "recommendation_no": "1",
        "theme": "better plans",
        "criterion_code": "1.2",
        "addressed_to": "Area",
        "due_on": "2006-01-31",
        "status": "open",
        "status_on": "2005-12-01",
    },
    "nsmart": {
        "area_code": "BED",
        "data_period": "0404",
        "record_no": "1",
        "case_ref": "BED10001",
        "order_type": "CRO",
        "commenced_on": "04/08/2003",
        "risk_of_harm": "M",
        "ppo": "N",
        "sex": "M",
        "ethnicity": "W1",
        "appts_required": "10",
        "appts_arranged": "8",
        "appts_kept": "4",
        "unacceptable_absences": "2",
        "allowed_to_continue": "N",
        "breach_required_on": "04/03/2004",
        "breach_initiated_on": "",
        "risk_assessment_on": "",
        "risk_plan_on": "",
        "sentence_plan_on": "",
        "team_code": "BED-01",
    },
}
"""A row of each kind that loads from a file named as in `NAMES`."""

NAMES = {
    "judgement": "judgement_ESI-BED-2005.csv",
    "performance_return": "performance_return_BED_0404.csv",
    "performance_target": "performance_target_2004-05.csv",
    "recommendation": "recommendation_ESI-BED-2005.csv",
    "nsmart": "nsmart_BED_0404.csv",
}

_UNIQUE = {
    "judgement": ("case_id", "BED/2005/{:04}"),
    "performance_return": ("measure_code", "ECP{}"),
    "performance_target": ("measure_code", "ECP{}"),
    "recommendation": ("recommendation_no", "{}"),
    "nsmart": ("record_no", "{}"),
}


def good_rows(kind: str, count: int) -> list[dict[str, str]]:
    """Rows that load, each with a key of its own."""
    column, pattern = _UNIQUE[kind]
    return [{**GOOD[kind], column: pattern.format(number)} for number in range(1, count + 1)]


def spoilt(kind: str, **cells: str) -> list[dict[str, str]]:
    """Three rows; the second with these cells instead of the good ones."""
    first, second, third = good_rows(kind, 3)
    return [first, {**second, **cells}, third]


def csv_text(rows: Iterable[Row], line_end: str = "\n") -> str:
    """Rows as a CSV with the header of the first."""
    rows = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator=line_end)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def xlsx_bytes(records: Iterable[Iterable[str | float | date | None]], stray: str = "") -> bytes:
    """Records as a workbook of one sheet: texts as texts, numbers as numbers, dates as date cells.

    stray: where one more cell stands, such as XFD1048576.
    """
    rows = "".join(f"<row>{''.join(map(_cell, record))}</row>" for record in records)
    if stray:
        rows += f'<row r="{stray.lstrip(ascii_uppercase)}"><c r="{stray}"><v>1</v></c></row>'
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}">'
        '<sheets><sheet name="data" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet {main}><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as workbook:
        for name, content in parts.items():
            workbook.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return data.getvalue()


def _cell(value: str | float | date | None) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, date):
        return f'<c s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, CellError):
        return f'<c s="0" t="e"><f>NA()</f><v>{value}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"
