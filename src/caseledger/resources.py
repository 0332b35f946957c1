"""Where the files that belong to the program are: in an installed wheel, or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGED = Path(__file__).parent / "_data"
_CHECKOUT = Path(__file__).parents[2]


def alembic_folder() -> Path:
    """The folder with `env.py` and the revisions."""
    return _find("alembic")


def seed_files() -> list[Path]:
    """The files that the first registry is seeded from, in order."""
    return sorted(_find("seed").glob("*.toml"))


def _find(name: str) -> Path:
    packaged = _PACKAGED / name
    return packaged if packaged.is_dir() else _CHECKOUT / name
