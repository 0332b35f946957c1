"""All the benchmarks with one command: `python benchmarks/run.py [--quick] [PART …]`.

It needs nothing but Python: the programs that are measured are installed into an environment of
their own, which is gone at the end, from this checkout and from the package index. `--python` gives
an environment that is there instead. `--quick` runs everything small and few, to see that it works,
and leaves the page alone.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
CHECKOUT = HERE.parent
PARTS = ("startup", "report", "load", "ofac", "reliability")


def main() -> int:
    """Run the parts, put their figures on the page; 1 if a bound is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="small and few: does it work at all")
    parser.add_argument("--python", help="of an environment with caseledger and sqlite-utils")
    parser.add_argument("--work", help="a folder to keep generated files in")
    given = parser.parse_args()
    parts = given.parts or PARTS
    if unknown := set(parts).difference(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        python = given.python or _environment(Path(folder) / "environment")
        python = os.path.abspath(shutil.which(python) or python)  # noqa: PTH100 - links are kept
        options = ["--work", str(Path(given.work or folder).absolute())]
        options += ["--quick"] if given.quick else []
        for part in parts:
            print(f"== {part}", flush=True)
            _run(python, "-m", f"benchmarks.{part}", *options)
        if given.quick:
            return 0
        _run(python, "-m", "benchmarks.page", *parts)
    return 1 if any(_missed(part) for part in parts) else 0


def _environment(folder: Path) -> str:
    """A new environment with the program of this checkout and what it is measured against."""
    print("== environment", flush=True)
    _run(sys.executable, "-m", "venv", str(folder))
    python = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    _run(python, "-m", "pip", "install", "-qq", f"{CHECKOUT}[bench]")
    return python


def _missed(part: str) -> bool:
    path = HERE / "out" / f"{part}.json"
    if not path.exists():  # skipped, and it said why
        return False
    return not json.loads(path.read_text(encoding="utf-8"))["met"]


def _run(*command: str) -> None:
    subprocess.run(command, cwd=CHECKOUT, check=True)


if __name__ == "__main__":
    sys.exit(main())
