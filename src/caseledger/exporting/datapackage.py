"""The whole registry as CSV files, one per table, with a Frictionless data package beside them."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseledger.db.files import of_a_database
from caseledger.db.schema import TableSchema, tables
from caseledger.errors import RefusedError
from caseledger.render import Format, Options, write
from caseledger.sheet import Sheet

if TYPE_CHECKING:
    from caseledger.db.reading import Reader

DESCRIPTION = "datapackage.json"

NAME = "caseledger"
"""By which an earlier export is told from a package of another's."""


def export_csv(reader: Reader, folder: Path, *, raw: bool = False) -> int:
    """Write every table and the description of them; the number of files.

    The files are written beside the folder and moved into it once all of them are whole. Raises
    RefusedError for a folder that holds other files, and where writing fails.
    """
    folder = Path(os.path.realpath(folder))
    try:
        old = _earlier(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
        draft.mkdir()
        try:
            described = [_write_table(reader, table, draft, raw=raw) for table in tables(reader)]
            package = {
                "name": NAME,
                "title": "A caseledger registry",
                "profile": "tabular-data-package",
                "resources": described,
            }
            text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
            (draft / DESCRIPTION).write_text(text, encoding="utf-8")
            _put_in_place(draft, folder, old)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise RefusedError(f"cannot write {folder}: {error.strerror}") from error
    return len(described) + 1


def _earlier(folder: Path) -> set[str]:
    """The files of an earlier export, which is written over; nothing else is ours to mix with."""
    if not folder.exists():
        return set()
    if not folder.is_dir():
        raise RefusedError(f"{folder} is not a folder")
    there = {file.name for file in folder.iterdir() if not file.name.startswith(".")}
    ours = _described_in(folder / DESCRIPTION) if DESCRIPTION in there else set()
    if others := sorted(there - ours):
        listed = ", ".join(others[:3]) + (" …" if len(others) > 3 else "")
        raise RefusedError(
            f"{folder} holds other files ({listed}): name a new folder, or an earlier export"
        )
    # A registry may go by the name of a table's file, and then the description lists it.
    if kept := sorted(name for name in there if of_a_database(folder / name)):
        raise RefusedError(f"{folder} holds a database of SQLite ({kept[0]}): name another folder")
    return there


def _described_in(description: Path) -> set[str]:
    """The files that a package of ours is made of; of another's, none."""
    try:
        package = json.loads(description.read_bytes())
        if package["name"] != NAME:
            return set()
        return {description.name, *(resource["path"] for resource in package["resources"])}
    except (ValueError, LookupError, TypeError, RecursionError):
        return set()


def _put_in_place(draft: Path, folder: Path, old: set[str]) -> None:
    """The description goes last: until then an export that is written over is told by the old."""
    if not folder.exists():
        draft.rename(folder)
        return
    new = {file.name for file in draft.iterdir()}
    for name in sorted(new, key=lambda name: name == DESCRIPTION):
        (draft / name).replace(folder / name)
    for name in old - new:
        (folder / name).unlink()


def _write_table(reader: Reader, table: TableSchema, folder: Path, *, raw: bool) -> dict[str, Any]:
    names = tuple(name for name, _, _ in table.columns)
    quoted = ", ".join(f'"{name}"' for name in names)
    order = ", ".join(f'"{name}"' for name in table.key)
    rows = reader.rows(f'SELECT {quoted} FROM "{table.name}" ORDER BY {order}')
    path = folder / f"{table.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        write(Sheet(table.name, names, rows), Format.CSV, stream, options=Options(raw=raw))
    return _described(table)


def _described(table: TableSchema) -> dict[str, Any]:
    """A table as Frictionless describes it."""
    fields = [
        {"name": name, "type": kind, **({"constraints": {"required": True}} if required else {})}
        for name, kind, required in table.columns
    ]
    schema: dict[str, Any] = {"fields": fields, "primaryKey": table.key, "missingValues": [""]}
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": column,
                "reference": {
                    "resource": "" if target == table.name else target,
                    "fields": "id",
                },
            }
            for column, target in table.references
        ]
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "lineTerminator": "\r\n"},
        "schema": schema,
    }
