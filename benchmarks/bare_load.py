"""What `caseledger load` is measured against: `executemany` of the same rows, and nothing else.

Reads every row of one registry into memory, then writes them into the same tables of another, new
one, in one transaction, and prints how long that took and how many rows it was. The driver is left
as it comes: it does not even check foreign keys, as `caseledger` does.

python bare_load.py LOADED EMPTY
"""

import sqlite3
import sys
import time

loaded, empty = sqlite3.connect(sys.argv[1]), sqlite3.connect(sys.argv[2], isolation_level=None)
tables = {}
for (name,) in loaded.execute(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'alembic_version'"
    " AND name NOT LIKE 'sqlite_%'"
).fetchall():
    rows = loaded.execute(f"SELECT * FROM {name}").fetchall()
    is_new = empty.execute(f"SELECT 1 FROM {name}").fetchone() is None  # not what is made with it
    if rows and is_new:
        tables[f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})"] = rows
loaded.close()

start = time.perf_counter()
empty.execute("BEGIN IMMEDIATE")
for statement, rows in tables.items():
    empty.executemany(statement, rows)
empty.execute("COMMIT")
print(time.perf_counter() - start, sum(map(len, tables.values())))
