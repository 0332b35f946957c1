"""Whole remarks: the cell of the main file and, for the few entries that have one, its comment.

A version without the comments file cannot show a continuation and ends none. There, a cell is
joined with the comment that still holds if some version with both files prints the two together.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from caseledger.ofac.mirror import texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from caseledger.db.direct import Writer


class Stretch(NamedTuple):
    """A text from a version to another."""

    since: int
    until: int | None
    text: str


def join(
    cells: Sequence[Stretch], comments: Sequence[Stretch], moments: Sequence[int]
) -> list[Stretch]:
    """The whole remarks of one entry; `moments` are the versions that have the comments file."""
    together = {
        (cell.text, comment.text)
        for cell in cells
        for comment in comments
        if any(_covers(cell, moment) and _covers(comment, moment) for moment in moments)
    }
    whole: list[Stretch] = []
    for cell in cells:
        cuts = {cell.since}
        for comment in comments:
            cuts |= {cut for cut in comment[:2] if cut is not None and _covers(cell, cut)}
        starts = sorted(cuts)
        for start, end in zip(starts, [*starts[1:], cell.until], strict=True):
            more = next((comment.text for comment in comments if _covers(comment, start)), "")
            text = cell.text + more if (cell.text, more) in together else cell.text
            if whole and whole[-1].text == text and whole[-1].until == start:
                whole[-1] = whole[-1]._replace(until=end)
            else:
                whole.append(Stretch(start, end, text))
    return whole


def _covers(stretch: Stretch, moment: int) -> bool:
    return stretch.since <= moment and (stretch.until is None or moment < stretch.until)


def join_again(writer: Writer) -> None:
    """Work out all of them anew: they are few, whatever the number of versions."""
    comments: dict[int, list[Stretch]] = defaultdict(list)
    for uid, *stretch in writer.rows(
        "SELECT uid, since, until, text FROM ofac_comments ORDER BY uid, since"
    ):
        comments[uid].append(Stretch(*stretch))
    cells: dict[int, list[Stretch]] = defaultdict(list)
    for uid, *stretch in writer.rows(
        "SELECT c.uid, c.since, c.until, t.text FROM ofac_cells c"
        " JOIN ofac_texts t ON t.id = c.text_id"
        " WHERE c.uid IN (SELECT uid FROM ofac_comments) ORDER BY c.uid, c.since"
    ):
        cells[uid].append(Stretch(*stretch))
    moments = [
        moment
        for (moment,) in writer.rows(
            "SELECT id FROM ofac_versions WHERE has_comments = 1 ORDER BY id"
        )
    ]
    wanted: set[tuple[int, int, int | None, int]] = set()
    whole: dict[int, str] = {}
    for uid, stretches in cells.items():
        for since, until, text in join(stretches, comments[uid], moments):
            number = texts.number_of(text)
            whole[number] = text
            wanted.add((uid, since, until, number))
    there = {
        (uid, since, until, number)
        for uid, since, until, number in writer.rows(
            "SELECT uid, since, until, text_id FROM ofac_joins"
        )
    }
    if wanted == there:
        return
    gone = sorted((uid, since) for uid, since, _, _ in there - wanted)
    writer.delete("ofac_joins", ("uid", "since"), gone)
    texts.keep(writer, whole)
    fresh = sorted(wanted - there, key=lambda row: row[:2])
    writer.insert("ofac_joins", ("uid", "since", "until", "text_id"), fresh)
    texts.sweep(writer, {number for *_, number in there - wanted})
