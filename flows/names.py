"""What a delivery's file name says: `<kind>_<key>[_r<N>].<csv|xlsx|parquet>`, csv also `.csv.gz`."""

import re
from dataclasses import dataclass

from expectations.deliveries import DELIVERIES

_FORMATS = {".csv": "csv", ".csv.gz": "csv.gz", ".xlsx": "xlsx", ".parquet": "parquet"}
_NAME = re.compile(
    r"(?P<stem>.+?)(?:_r(?P<revision>[1-9][0-9]{0,3}))?(?P<ending>\.csv|\.csv\.gz|\.xlsx|\.parquet)", re.S
)
_PART_OF_FOLDER = re.compile(r"part-[0-9]+")
"""How Spark and its like name the parts of a table."""

_FREE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_KINDS = sorted(DELIVERIES, key=len, reverse=True)


@dataclass(frozen=True)
class DeliveryName:
    """A name that parses. revision: 1 unless the name says otherwise; format: csv, csv.gz, xlsx or parquet."""

    kind: str
    key: str
    revision: int
    format: str


def parse_name(file_name: str) -> DeliveryName | str:
    """The name's parts, or the sentence that tells its sender what is wrong with it."""
    match = _NAME.fullmatch(file_name)
    if match is None:
        return "The file's name must end in .csv, .csv.gz, .xlsx or .parquet."
    kind = next((kind for kind in _KINDS if match["stem"].startswith(f"{kind}_")), None)
    if kind is None and _PART_OF_FOLDER.match(file_name):
        return "The file is one part of a table that was written as a folder: write the table as one file."
    if kind is None:
        kinds = ", ".join(DELIVERIES)
        return f"The file's name must begin with the kind of delivery and an underscore; kinds are {kinds}."
    key = match["stem"].removeprefix(f"{kind}_")
    delivery = DELIVERIES[kind]
    if not (_FREE_KEY.fullmatch(key) and re.fullmatch(delivery.file_key_pattern, key)):
        example = delivery.file_key_example
        return f"The key in the file's name does not fit a delivery of kind {kind}; an example is {example}."
    return DeliveryName(kind, key, int(match["revision"] or 1), _FORMATS[match["ending"]])
