"""Damages to the files of a published warehouse: what is done, and what a person is told of it."""

import itertools
import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows.base.warehouse_paths import Warehouse
from tests.houses import House

NOISE = random.Random(1).randbytes(1 << 16)

Do = Callable[[Warehouse], object]


@dataclass(frozen=True)
class Damage:
    """do: the damage. says: words of what a command or the next night says of it; empty where nobody need know.
    refused: the night refuses until a person acts. cure: the command that the sentence names. before: run in the
    process of the night. ordinary: tried with every test run.
    """

    do: Do
    says: str = ""
    refused: bool = False
    cure: str = ""
    before: Callable[[House], None] | None = None
    ordinary: bool = False

    @property
    def mends(self) -> bool:
        """Whether the night after it leaves the warehouse as whole as before."""
        return self.says in {RESTORED, ""} and not self.refused


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def flip(path: Path, places: int = 200, headers: int = 12288) -> None:
    """Change bytes here and there behind a file's headers."""
    content, chance = bytearray(path.read_bytes()), random.Random(1)
    for _ in range(places):
        content[chance.randrange(headers, len(content))] ^= 0xFF
    path.write_bytes(content)


def of_lines(change: Callable[[list[bytes]], list[bytes]]) -> Do:
    """Lines of the register are changed."""

    def damaging(warehouse: Warehouse) -> None:
        lines = warehouse.register.read_bytes().splitlines(keepends=True)
        warehouse.register.write_bytes(b"".join(change(lines)))

    return damaging


def in_database(sql: str) -> Do:
    """The restricted warehouse is changed by SQL."""

    def damaging(warehouse: Warehouse) -> None:
        with duckdb.connect(str(warehouse.database)) as connection:
            connection.execute(sql)

    return damaging


def archived(warehouse: Warehouse) -> Path:
    """An archived file."""
    return min(path for path in warehouse.archive.glob("??/*") if not path.suffix)


def analyst(warehouse: Warehouse) -> Path:
    """The file that readers get."""
    return warehouse.current.resolve() / "analyst.duckdb"


def link(target: str) -> Do:
    """`current` leads elsewhere."""

    def damaging(warehouse: Warehouse) -> None:
        warehouse.current.unlink()
        warehouse.current.symlink_to(target)

    return damaging


def all_of(*damages: Do) -> Do:
    return lambda warehouse: [damage(warehouse) for damage in damages]


def remove_current(warehouse: Warehouse) -> None:
    warehouse.current.unlink()


def remove_sidecars(warehouse: Warehouse) -> None:
    for sidecar in warehouse.archive.glob("??/*.jsonl"):
        sidecar.unlink()


def exchange(warehouse: Warehouse) -> None:
    """Two archived files have each other's names."""
    first, second = itertools.islice((path for path in warehouse.archive.glob("??/*") if not path.suffix), 2)
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)


def a_folder_for_current(warehouse: Warehouse) -> None:
    target = warehouse.current.resolve()
    warehouse.current.unlink()
    shutil.copytree(target, warehouse.current)


def use_another_key(_: House) -> None:
    os.environ["CASEBOOK_CASE_KEY"] = "another key"


def use_no_key(_: House) -> None:
    del os.environ["CASEBOOK_CASE_KEY"]


def copies(warehouse: Warehouse) -> None:
    """A person has put publications aside where they are."""
    for name in ("before-upgrade", "2099", f"{warehouse.current.readlink().name} (copy)"):
        shutil.copytree(warehouse.current.resolve(), warehouse.published / name)


def nothing(_: Warehouse) -> None:
    """The damage is to what the night is given."""


def no_older_one(warehouse: Warehouse) -> None:
    """All publications but the current one are gone."""
    for folder in warehouse.published.iterdir():
        if folder != warehouse.current.resolve():
            shutil.rmtree(folder)


REBUILD = "casebook rebuild"
DAMAGED_FILE = "restricted warehouse's file is damaged"
BYTES = "are missing or are not those that were delivered"
SIDECAR = "what should be said here of"
RESTORED = "is restored"

DAMAGES: dict[str, Damage] = {
    "a byte of the register is another": Damage(
        of_lines(lambda lines: [b"[" + lines[0][1:], *lines[1:]]), RESTORED, ordinary=True
    ),
    "a digit in a line of the register is another": Damage(
        of_lines(lambda lines: [lines[0].replace(b'"file_id": 1', b'"file_id": 2'), *lines[1:]]), RESTORED
    ),
    "a line of the register is gone": Damage(of_lines(lambda lines: lines[:2] + lines[3:]), RESTORED),
    "the last line of the register is gone": Damage(of_lines(lambda lines: lines[:-1]), RESTORED),
    "a line of the register is there twice": Damage(of_lines(lambda lines: lines[:2] + lines[1:]), RESTORED),
    "two lines of the register have changed places": Damage(
        of_lines(lambda lines: [lines[1], lines[0], *lines[2:]]), RESTORED
    ),
    "the register is cut by half": Damage(lambda warehouse: cut(warehouse.register), RESTORED),
    "the register is empty": Damage(lambda warehouse: warehouse.register.write_bytes(b""), RESTORED),
    "the register is noise": Damage(lambda warehouse: warehouse.register.write_bytes(NOISE), RESTORED),
    "noise follows the register": Damage(of_lines(lambda lines: [*lines, b"noise\n"]), RESTORED),
    "the register is gone": Damage(lambda warehouse: warehouse.register.unlink(), RESTORED),
    "the register's head is gone": Damage(lambda warehouse: warehouse.head.unlink()),
    "the register's head is noise": Damage(lambda warehouse: warehouse.head.write_bytes(NOISE)),
    "the register is cut and its copies in the warehouse are gone": Damage(
        all_of(lambda warehouse: cut(warehouse.register), in_database("delete from intake.event")),
        REBUILD,
        refused=True,
        cure="rebuild",
    ),
    "a sidecar is gone": Damage(lambda warehouse: archived(warehouse).with_suffix(".jsonl").unlink(), SIDECAR),
    "a sidecar is noise": Damage(lambda at: archived(at).with_suffix(".jsonl").write_bytes(NOISE), SIDECAR),
    "all sidecars are gone": Damage(remove_sidecars, SIDECAR),
    "a byte of an archived file is another": Damage(lambda warehouse: flip(archived(warehouse), 1, 0), BYTES),
    "an archived file is cut by half": Damage(lambda warehouse: cut(archived(warehouse)), BYTES),
    "an archived file is gone": Damage(lambda warehouse: archived(warehouse).unlink(), BYTES),
    "two archived files have each other's names": Damage(exchange, BYTES),
    "a strange file is in the archive": Damage(
        lambda warehouse: archived(warehouse).with_name("f" * 64).write_bytes(b"x"),
        "the register does not know these bytes",
    ),
    "the restricted warehouse is cut by half": Damage(
        lambda warehouse: cut(warehouse.database), DAMAGED_FILE, refused=True, cure="rebuild"
    ),
    "the restricted warehouse is noise": Damage(
        lambda warehouse: warehouse.database.write_bytes(NOISE), DAMAGED_FILE, refused=True, cure="rebuild"
    ),
    "the restricted warehouse is empty": Damage(
        lambda warehouse: warehouse.database.write_bytes(b""), REBUILD, refused=True, cure="rebuild"
    ),
    "the header of the restricted warehouse is zeros": Damage(
        lambda warehouse: warehouse.database.write_bytes(bytes(12288) + warehouse.database.read_bytes()[12288:]),
        DAMAGED_FILE,
        refused=True,
        cure="rebuild",
    ),
    "200 bytes of the restricted warehouse are others": Damage(
        lambda warehouse: flip(warehouse.database), DAMAGED_FILE, refused=True, cure="rebuild"
    ),
    "the restricted warehouse is gone": Damage(
        lambda warehouse: warehouse.database.unlink(), "does not know", refused=True, cure="rebuild"
    ),
    "noise is in the place of the restricted warehouse's log": Damage(
        lambda warehouse: warehouse.database.with_name("warehouse.duckdb.wal").write_bytes(NOISE)
    ),
    "the restricted warehouse is one from before its last delivery": Damage(
        in_database(
            "delete from intake.file where file_id = (select max(file_id) from intake.file); "
            "delete from intake.event where sequence > (select max(sequence) - 2 from intake.event)"
        ),
        "events that a night had no time to carry out are carried out",
    ),
    "the restricted warehouse is of a newer version": Damage(
        in_database("update intake.setting set value = '999' where name = 'schema_version'"),
        "A newer version of Casebook made this warehouse",
        refused=True,
        cure="rebuild",
    ),
    "bytes of the current publication are others": Damage(
        lambda warehouse: flip(analyst(warehouse), 2000), "is damaged", ordinary=True
    ),
    "the current publication is cut by half": Damage(lambda warehouse: cut(analyst(warehouse)), "is damaged"),
    "the current publication is text": Damage(
        lambda warehouse: analyst(warehouse).write_text("x,y\n1,2\n"), "is damaged"
    ),
    "the file of the current publication is gone": Damage(
        lambda warehouse: analyst(warehouse).unlink(), "is gone from"
    ),
    "all publications are gone": Damage(
        lambda warehouse: [shutil.rmtree(folder) for folder in warehouse.published.iterdir()], "is gone from"
    ),
    "all publications but the current one are gone": Damage(no_older_one),
    "the pages and downloads of the current publication are gone": Damage(
        lambda warehouse: [shutil.rmtree(warehouse.current.resolve() / part) for part in ("site", "downloads")]
    ),
    "a person's copies of publications are beside them": Damage(copies, "is no publication that a night made"),
    "`current` is gone": Damage(remove_current, "casebook resume"),
    "`current` leads nowhere": Damage(link("published/20010101T000000Z-aaaa"), "is gone from"),
    "`current` leads to itself": Damage(link("current"), "is gone from"),
    "`current` is a folder": Damage(a_folder_for_current, "is not the symlink that readers follow", refused=True),
    "the case key is another": Damage(
        nothing, "is not the one that earlier publications were made with", refused=True, before=use_another_key
    ),
    "the case key is lost": Damage(
        nothing, "The key of the case identifiers is missing", refused=True, before=use_no_key
    ),
    "the file of the case key is empty": Damage(
        lambda warehouse: warehouse.key_file.write_bytes(b""),
        "The key of the case identifiers is missing",
        refused=True,
        before=use_no_key,
    ),
    "what the landing folder had is noise": Damage(lambda warehouse: warehouse.seen.write_bytes(NOISE)),
    "finished pages and downloads that nights keep are noise": Damage(
        lambda warehouse: [path.write_bytes(NOISE) for path in warehouse.render_cache.rglob("*") if path.is_file()]
    ),
    "what dbt knew of the project is noise": Damage(lambda warehouse: warehouse.manifest.write_bytes(NOISE)),
    "what dbt knew of the project is gone": Damage(lambda warehouse: warehouse.manifest.unlink()),
    "the folder of temporary files is gone": Damage(lambda warehouse: shutil.rmtree(warehouse.temporary)),
    "the locks are gone": Damage(lambda warehouse: [path.unlink() for path in warehouse.restricted.glob("*.lock")]),
}
