"""What `caseledger import ofac` is measured against: `sqlite_utils` loads the files, and no more.

Four tables as the files have them, an index on the first column of each; nothing is parsed beyond
the columns, compared, dated or cited.

python bare_ofac.py NEW SDN ALT ADD COMMENTS
"""

import csv
import sys
from pathlib import Path

import sqlite_utils

COLUMNS = {
    "sdn": "uid name type program title call_sign vessel_type tonnage gross flag owner remarks",
    "alt": "uid number kind name remarks",
    "add": "uid number address city country remarks",
    "comments": "uid text",
}

database = sqlite_utils.Database(sys.argv[1])
for (table, said), path in zip(COLUMNS.items(), sys.argv[2:], strict=True):
    columns = said.split()
    with Path(path).open(encoding="latin-1", newline="") as stream:
        rows = (row for row in csv.reader(stream) if len(row) == len(columns))  # not the 0x1A
        database.table(table).insert_all(dict(zip(columns, row, strict=True)) for row in rows)
    database.table(table).create_index(["uid"])
