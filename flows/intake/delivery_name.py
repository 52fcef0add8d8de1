"""What a file's name says: `<kind>_<key>[_r<N>].<csv|xlsx|parquet>`, csv also `.csv.gz`; the ending in any case."""

import re
from dataclasses import dataclass

from expectations.deliveries import DELIVERIES

_FORMATS = {".csv": "csv", ".csv.gz": "csv.gz", ".xlsx": "xlsx", ".parquet": "parquet"}
_ENDING = r"(?P<ending>(?i:\.csv|\.csv\.gz|\.xlsx|\.parquet))"
_NAME = re.compile(rf"(?P<stem>.+?)(?:_r(?P<revision>[1-9][0-9]{{0,3}}))?{_ENDING}", re.S)
_FREE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_KINDS = sorted(DELIVERIES, key=len, reverse=True)

_UNFINISHED = (".filepart", ".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".opdownload", ".aria2")
_OF_THE_SYSTEM = {"thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r"}
INVENTED = "INVENTED.txt"
"""Says of a folder that what is in and below it is invented."""

_FOLDERS_OF_THE_SYSTEM = {"$recycle.bin", "system volume information", "lost+found", "__macosx", "@eadir", "#recycle"}

_COPIES = (
    (r"^copy of +", "", "begins with 'Copy of'"),
    (r" *- *copy(?= *[(.])", "", "ends in '- Copy'"),
    (r" *\([0-9]+\)(?=\.)", "", "has a number in brackets"),
)
"""What systems add to the name of a second copy: the pattern, what takes its place, and how it is called."""

_SLIPS = (
    (r"(\.csv|\.xlsx|\.parquet)(\1|\.txt)$", r"\1", "has two endings"),
    (r"^ +| +(?=\.|$)", "", "has spaces around it"),
    (r"[ _.-]+(?:r|rev|v|version)[ _.-]?0*([1-9][0-9]{0,3})(?=\.)", r"_r\1", "spells its revision otherwise"),
    (r" +", "_", "has spaces in it"),
)


@dataclass(frozen=True)
class DeliveryName:
    """A name that parses. revision: 1 unless the name says otherwise; format: csv, csv.gz, xlsx or parquet."""

    kind: str
    key: str
    revision: int
    format: str


def parse_name(file_name: str) -> DeliveryName | str:
    """The name's parts, or the sentence that says to its sender what is wrong with it."""
    parsed = _parse(file_name)
    return parsed if isinstance(parsed, DeliveryName) else _suggested(file_name) or parsed


def is_passed_over(file_name: str) -> bool:
    """Whether a file is an unfinished upload, or one that systems leave in folders: it is no delivery of anyone."""
    name = file_name.lower()
    return name in _OF_THE_SYSTEM or name.startswith("~$") or name.endswith(_UNFINISHED)


def is_passed_over_folder(name: str) -> bool:
    """Whether a folder holds what systems keep there."""
    return name.lower() in _FOLDERS_OF_THE_SYSTEM


def _parse(file_name: str) -> DeliveryName | str:
    match = _NAME.fullmatch(file_name)
    if match is None:
        return (
            "The file's name must end in .csv, .csv.gz, .xlsx or .parquet: save a delivery in one of these formats, "
            "and take out a file that is none."
        )
    kind = next((kind for kind in _KINDS if match["stem"].startswith(f"{kind}_")), None)
    if kind is None:
        kinds = ", ".join(DELIVERIES)
        return f"The file's name must begin with the kind of delivery and an underscore; kinds are {kinds}."
    key = match["stem"].removeprefix(f"{kind}_")
    delivery = DELIVERIES[kind]
    if not (_FREE_KEY.fullmatch(key) and re.fullmatch(delivery.file_key_pattern, key)):
        example = delivery.file_key_example
        return f"The key in the file's name does not fit a delivery of kind {kind}; an example is {example}."
    return DeliveryName(kind, key, int(match["revision"] or 1), _FORMATS[match["ending"].lower()])


def _suggested(file_name: str) -> str | None:
    """What is odd about a name that would parse without it, and the name to give the file."""
    name, of_a_copy = _without(file_name, _COPIES)
    name, slips = _without(name, _SLIPS)
    respelt = next((one for one in _spellings(name) if isinstance(_parse(one), DeliveryName)), None)
    if respelt is None:
        return None
    odd = [*of_a_copy, *slips, *(["has capital and small letters, or hyphens, otherwise"] if respelt != name else [])]
    correction = f", or {_next_revision(respelt)} where it corrects that delivery" if of_a_copy else ""
    return f"The file's name {' and '.join(odd)}: name it {respelt}{correction}."


def _without(name: str, oddities: tuple[tuple[str, str, str], ...]) -> tuple[str, list[str]]:
    """The name without what is odd, and how that is called."""
    called = []
    for pattern, instead, what in oddities:
        mended = re.sub(pattern, instead, name, flags=re.I)
        called += [what] if mended != name else []
        name = mended
    return name, called


def _spellings(name: str) -> list[str]:
    """The name, and the same with its kind and key as they are spelt in other names."""
    match = _NAME.fullmatch(name)
    kind = match and next((kind for kind in _KINDS if re.match(f"{kind}[_ -]", match["stem"], re.I)), None)
    if not match or not kind:
        return [name]
    key, end = match["stem"][len(kind) + 1 :], name[len(match["stem"]) :]
    keys = (key, key.upper(), key.replace("-", "_"), key.replace("-", "_").upper())
    return [name, *(f"{kind}_{key}{end}" for key in keys)]


def _next_revision(name: str) -> str:
    match = _NAME.fullmatch(name)
    return f"{match['stem']}_r{int(match['revision'] or 1) + 1}{match['ending']}" if match else name
