"""`caseledger add` alone on a terminal: asked for, shown, agreed to, and only then recorded."""

from __future__ import annotations

import os
import re
import select
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest

from caseledger.cli.making import make_seeded
from caseledger.db.location import Location, locate
from tests.ofac.lists import SmallList, put, sdn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support import Caseledger

pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")
fcntl = pytest.importorskip("fcntl", reason="no pseudo-terminals on this system")
termios = pytest.importorskip("termios", reason="no pseudo-terminals on this system")

CTRL_C, CTRL_D = "\x03", "\x04"

PATIENCE = 30
"""Seconds for one prompt; a machine under load is slow, a program that hangs never answers."""

STOPPED = "caseledger: stopped; nothing was written"


class Terminal:
    """The program on a terminal of its own: stdin and stderr are that, stdout is a pipe.

    So what is on stdout is what would be in a file, and nothing else.
    """

    def __init__(self, db: Path | str) -> None:
        self._terminal, inner = pty.openpty()
        self._program = subprocess.Popen(
            [sys.executable, "-m", "caseledger", "--db", str(db), "--by", "tester", "add"],
            stdin=inner,
            stdout=subprocess.PIPE,
            stderr=inner,
            start_new_session=True,
            # Ctrl-C reaches those whose controlling terminal it is typed at.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
        )
        os.close(inner)
        self.screen = ""
        """Everything that was shown so far, typed answers too."""
        self._read = 0

    def sees(self, expected: str) -> str:
        """Wait until this is shown, after what was waited for before; what came up to it."""
        deadline = time.monotonic() + PATIENCE
        while expected not in self.screen[self._read :]:
            if not self._more(deadline):
                pytest.fail(f"{expected!r} was never shown:\n{self.screen[self._read :]}")
        start, self._read = self._read, self.screen.index(expected, self._read) + len(expected)
        return self.screen[start : self._read]

    def answers(self, expected: str, answer: str = "") -> None:
        """Wait for a question, and answer it; by Enter alone where no answer is given."""
        self.sees(expected)
        self.sees(": ")
        self.types(f"{answer}\n")

    def types(self, keys: str) -> None:
        """Press keys."""
        os.write(self._terminal, keys.encode("utf-8", "surrogateescape"))

    def stops(self, keys: str) -> tuple[int, str]:
        """Press keys until the program ends: the exit code, and what is on stdout.

        One press is enough for a person. Here it may come in the instant between the question and
        the wait for its answer, where Python only notes a Ctrl-C and goes on to wait.
        """
        while self._program.poll() is None:
            self.types(keys)
            with suppress(subprocess.TimeoutExpired):
                self._program.wait(2)
        return self.ends()

    def ends(self) -> tuple[int, str]:
        """Wait for the end: the exit code, and what is on stdout."""
        deadline = time.monotonic() + PATIENCE
        while self._more(deadline):
            pass
        out, _ = self._program.communicate(timeout=PATIENCE)
        return self._program.returncode, out.decode()

    def close(self) -> None:
        """End the program, whatever it waits for."""
        self._program.kill()
        self._program.communicate()
        os.close(self._terminal)

    def _more(self, deadline: float) -> bool:
        """Read what is shown next; False where nothing more comes."""
        ready, _, _ = select.select([self._terminal], [], [], max(0, deadline - time.monotonic()))
        try:
            shown = os.read(self._terminal, 65536) if ready else b""
        except OSError:  # the program has closed its end
            return False
        self.screen += shown.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(shown)


@pytest.fixture
def terminal(seeded_file: Path) -> Iterator[Terminal]:
    """`caseledger add` on a terminal, with the first source in the registry."""
    opened = Terminal(seeded_file)
    yield opened
    opened.close()


def rows_of(db: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(db)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for (table,) in tables.fetchall()
        }


def skip_the_rest(terminal: Terminal, kind_has: int) -> None:
    """Enter to who announced, who took part, where, in what case, the summary, and the details."""
    for question in ("Announced by", "Cooperation", "Place", "Country"):
        terminal.answers(question)
    terminal.answers("Its number, reference or title")
    terminal.answers("Summary")
    for _ in range(kind_has):
        terminal.answers(" — ")


def test_an_action_is_asked_for_shown_and_recorded(
    seeded: Caseledger, seeded_file: Path, terminal: Terminal
) -> None:
    """From the first question to the row in the report, with a new person and a new source."""
    terminal.answers("by number or word", "1")
    terminal.answers("To whom", "Fulano Inventado")
    terminal.answers("'Fulano Inventado' is not there yet", "y")
    terminal.answers("What 'Fulano Inventado' is", "person")
    terminal.answers("When", "2024-03")
    terminal.answers("announced, not when it happened?", "y")
    terminal.answers("worked out from context", "n")
    terminal.answers("The organization acted for", "cjng")
    terminal.sees("      O3 Cartel Jalisco Nueva Generación\n")
    terminal.answers("What they are to it (Enter: linked)", "member")
    terminal.answers("Their title", "boss of the port")
    terminal.answers("alleged?", "y")
    terminal.answers("Who did it", "Mexico")
    terminal.answers("Announced by")
    terminal.answers("Cooperation", "OFAC")
    terminal.answers("one more")
    terminal.answers("Place", "Port Example")
    terminal.answers("Country", "México")
    terminal.answers("Its number, reference or title", "C1")
    terminal.answers("Summary", "Without a shot")
    terminal.answers("Custody")
    terminal.answers("Warrant", "a warrant of 2023")
    terminal.answers("Prosecution by")
    terminal.answers("Its number, reference or title, or `new`", "new")
    terminal.answers("Title of the new source", "Invented press release")
    terminal.answers("Its publisher", "Example Office")
    terminal.answers("Its address", "https://example.org/release")
    terminal.answers("When it was published", "2024-03-02")
    terminal.answers("worked out from context")
    terminal.answers("the section", "First page")
    terminal.answers("exact words", "arrested Fulano Inventado")
    shown = terminal.sees("Record it?")
    assert rows_of(seeded_file)["actions"] == 20
    terminal.types("y\n")
    code, out = terminal.ends()

    assert code == 0
    for told in ("A? arrest of P? Fulano Inventado, 2024-03", "alleged", "OFAC", "First page"):
        assert told in shown
    assert sorted(line.split()[0] for line in out.splitlines()) == ["A21", "F11", "P39", "S2"]
    assert "A21 arrest of P39 Fulano Inventado, 2024-03" in out.splitlines()
    row = seeded("report", "--person", "P39", "--format", "csv").lines[1].split(",")
    assert row[:7] == ["A21", "arrest", "2024-03", "announced", "stated", "Fulano Inventado", "P39"]
    assert row[9:13] == ["member", "boss of the port", "alleged", "Cartel Jalisco Nueva Generación"]
    page = seeded("show", "A21").out
    for told in ("by Mexico", "with OFAC", "Port Example, MX", "warrant: a warrant of 2023"):
        assert f"  {told}\n" in page.replace("place: ", "")
    assert "S2, First page: “arrested Fulano Inventado”" in page
    assert "https://example.org/release" in page


def test_a_wrong_answer_is_asked_again_with_its_reason(terminal: Terminal) -> None:
    """One line says why, and nothing that was answered before is lost."""
    terminal.answers("by number or word", "99")
    terminal.answers("99 is none of the numbers from 1 to 13", "torture")
    terminal.answers("'torture' is none of: arrest, charge", "death")
    terminal.answers("To whom", "A1")
    terminal.answers("A1 is an action", "P999")
    terminal.answers("there is no P999", "P23")
    terminal.answers("When", "March 2024")
    terminal.answers("did you mean 2024-03?", "31 February")
    reason = terminal.sees("When")
    terminal.answers("", "2024-03")
    terminal.answers("announced, not when it happened?", "perhaps")
    terminal.sees("announced, not when it happened?")

    assert reason.count("\n") == 2
    assert "'31 February' is not a date" in reason


def test_an_answer_that_is_no_utf_8_is_asked_again(terminal: Terminal) -> None:
    """From a terminal of another encoding; the answers before it are not lost."""
    terminal.answers("by number or word", "death")
    terminal.answers("To whom", "Caf\udce9")
    terminal.sees("is not UTF-8")
    terminal.answers("To whom", "P23")
    terminal.sees("When")


def test_a_part_of_a_name_offers_who_may_be_meant(seeded: Caseledger, terminal: Terminal) -> None:
    """Three people a bare surname could mean: chosen by number, never picked."""
    terminal.answers("by number or word", "death")
    terminal.answers("To whom", "cardenas")
    offered = terminal.sees("another name")
    terminal.answers("", "7")
    terminal.answers("7 is none of the numbers from 1 to 3", "3")
    terminal.answers("When")
    terminal.answers("The organization acted for")
    terminal.answers("Who did it")
    skip_the_rest(terminal, 0)
    terminal.answers("or `new`", "1")
    terminal.answers("the section")
    terminal.answers("exact words")
    terminal.answers("Record it?", "y")
    code, out = terminal.ends()

    assert re.findall(r"[0-9]  (P2[0-9] .+)", offered) == [
        "P27 Osiel Cárdenas Salinas, Jr.",
        "P28 Osiel Cardenas-Guillén",
        "P29 Mario Cárdenas Guillén",
    ]
    assert (code, out) == (0, "A21 death of P29 Mario Cárdenas Guillén, undated\n")
    assert "undated" in seeded("show", "P29").out


def test_people_without_names_are_counted_and_described(
    seeded: Caseledger, terminal: Terminal
) -> None:
    """A number instead of a name; a designation has a list and a programme to ask for."""
    terminal.answers("by number or word", "designation")
    terminal.answers("To whom", "at least 6")
    terminal.answers("What the source says of them", "six members of a network")
    terminal.answers("When", "[..2024-03]")
    terminal.answers("announced, not when it happened?")
    terminal.answers("worked out from context", "y")
    terminal.answers("The organization acted for")
    terminal.answers("Who did it")
    skip_the_rest(terminal, 1)
    terminal.answers("Program", "EX 1")
    terminal.answers("List entry")
    terminal.answers("or `new`", "S1")
    terminal.answers("the section")
    terminal.answers("exact words")
    shown = terminal.sees("Record it?")
    terminal.types("y\n")
    code, out = terminal.ends()

    assert code == 0
    for told in ("at least", "six members of a network", "[..2024-03]", "inferred", "EX 1"):
        assert told in shown
    assert [line.split()[0] for line in out.splitlines()] == ["G39", "A21"]
    assert seeded("show", "G39").lines[1].startswith("  at least 6 people")


def test_somebody_else_of_a_known_name_is_recorded_beside_them(
    seeded: Caseledger, terminal: Terminal
) -> None:
    """Two people may have one name: `new` says so, and both are listed after."""
    terminal.answers("by number or word", "death")
    terminal.answers("To whom", "Erick Valencia Salazar")
    assert "P23 Erick Valencia Salazar" in terminal.sees("another name")
    terminal.answers("(Enter: P23)", "new")
    terminal.answers("What 'Erick Valencia Salazar' is", "1")
    terminal.answers("When")
    terminal.answers("The organization acted for")
    terminal.answers("Who did it")
    skip_the_rest(terminal, 0)
    terminal.answers("or `new`", "1")
    terminal.answers("the section")
    terminal.answers("exact words")
    terminal.answers("Record it?", "y")
    code, out = terminal.ends()

    assert code == 0
    assert out.splitlines()[-1] == "A21 death of P39 Erick Valencia Salazar, undated"
    assert "P23 Erick Valencia Salazar, P39 Erick" in seeded("show", "Erick Valencia Salazar").err


def test_a_release_offers_the_arrests_that_it_may_end(
    seeded: Caseledger, terminal: Terminal
) -> None:
    """And an affiliation that is there already is shown, and not doubled on Enter."""
    terminal.answers("by number or word", "release")
    terminal.answers("To whom", "P23")
    terminal.answers("When", "2023")
    terminal.answers("announced, not when it happened?")
    terminal.answers("worked out from context")
    terminal.answers("The organization acted for", "O3")
    assert "F4 founder of O3" in terminal.sees("What they are to it")
    terminal.answers("(Enter: leave it at that)")
    terminal.answers("Their title")
    terminal.answers("alleged?")
    terminal.answers("Who did it")
    skip_the_rest(terminal, 0)
    assert "1  A4 arrest, 2022" in terminal.sees("this release ends")
    terminal.answers("", "A5")
    terminal.answers("'A5' is none of these", "a4")
    terminal.answers("or `new`", "1")
    terminal.answers("the section")
    terminal.answers("exact words")
    terminal.answers("Record it?", "y")
    code, out = terminal.ends()

    assert (code, out) == (0, "A21 release of P23 Erick Valencia Salazar, 2023\n")
    assert "ended by A21 (release, 2023)" in seeded("show", "P23").out


def test_words_that_the_kept_text_does_not_have_are_asked_again(
    seeded: Caseledger, seeded_file: Path, tmp_path: Path
) -> None:
    """Where the text of a source is kept, a misquotation is noticed as it is typed."""
    text = tmp_path / "text.txt"
    text.write_text("The police arrested “Fulano Inventado”.", encoding="utf-8")
    seeded("add", "source", "Invented press release", "--text", str(text))
    terminal = Terminal(seeded_file)
    terminal.answers("by number or word", "death")
    terminal.answers("To whom", "P23")
    terminal.answers("When")
    terminal.answers("The organization acted for")
    terminal.answers("Who did it")
    skip_the_rest(terminal, 0)
    terminal.answers("or `new`", "1")
    terminal.answers("the section")
    terminal.answers("exact words", "arrested Zutana")
    terminal.answers("S2 does not say 'arrested Zutana'", 'arrested "Fulano Inventado"')

    shown = terminal.sees("Record it?")
    terminal.close()

    assert '“arrested "Fulano Inventado"”' in shown


def test_of_a_list_the_entry_is_asked_for_and_its_words_are_looked_for(
    seeded_file: Path, tmp_path: Path
) -> None:
    """Enter names none; a list prints many people, and no word of one is another's."""
    entries = [sdn(7, "DOE, John"), sdn(8, "ROE, Jane")]
    put(Location(seeded_file, None), SmallList(entries), "2021-01-01", tmp_path)
    terminal = Terminal(seeded_file)
    terminal.answers("by number or word", "death")
    terminal.answers("To whom", "P23")
    terminal.answers("When")
    terminal.answers("The organization acted for")
    terminal.answers("Who did it")
    skip_the_rest(terminal, 0)
    terminal.answers("or `new`", "S2")
    terminal.answers("the section; name the entry")
    terminal.answers("this one needs an answer", "page 1")
    terminal.answers("S2 is a list of entries", "entry 9")
    terminal.answers("S2 has no entry 9", "entry 7")
    terminal.answers("exact words", "ROE, Jane")
    terminal.answers("S2 does not say 'ROE, Jane' of entry 7", "DOE, John")

    shown = terminal.sees("Record it?")
    terminal.close()

    assert "entry 7, “DOE, John”" in shown


@pytest.mark.parametrize("keys", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("late", [False, True])
def test_stopping_writes_nothing_and_says_so(
    seeded_file: Path, terminal: Terminal, keys: str, *, late: bool
) -> None:
    """At the first question, and at the last when all has been answered."""
    before = rows_of(seeded_file)

    if late:
        terminal.answers("by number or word", "death")
        terminal.answers("To whom", "Fulano Inventado")
        terminal.answers("is not there yet", "y")
        terminal.answers("What 'Fulano Inventado' is", "1")
        terminal.answers("When")
        terminal.answers("The organization acted for")
        terminal.answers("Who did it")
        skip_the_rest(terminal, 0)
        terminal.answers("or `new`", "1")
        terminal.answers("the section")
        terminal.answers("exact words")
        terminal.sees("Record it?")
    terminal.sees(": ")
    code, out = terminal.stops(keys)

    assert (code, out) == (1, "")
    assert terminal.screen.rstrip().splitlines()[-1] == STOPPED
    assert rows_of(seeded_file) == before


def test_without_a_yes_nothing_is_written(seeded_file: Path, terminal: Terminal) -> None:
    """An Enter too many is no yes and no no, and what else is typed is asked again."""
    before = rows_of(seeded_file)

    terminal.answers("by number or word", "death")
    terminal.answers("To whom", "P23")
    terminal.answers("When")
    terminal.answers("The organization acted for")
    terminal.answers("Who did it")
    skip_the_rest(terminal, 0)
    terminal.answers("or `new`", "1")
    terminal.answers("the section")
    terminal.answers("exact words")
    terminal.answers("Record it? [y/n]")
    terminal.answers("answer y for yes or n for no\nRecord it?", "perhaps")
    terminal.answers("answer y for yes or n for no\nRecord it?", "n")
    code, out = terminal.ends()

    assert (code, out) == (1, "")
    assert STOPPED in terminal.screen
    assert rows_of(seeded_file) == before


def test_nothing_is_locked_while_somebody_thinks(seeded: Caseledger, terminal: Terminal) -> None:
    """Another process adds while a question stands open, and the answers go on after."""
    terminal.answers("by number or word", "death")
    terminal.sees("To whom")

    added = seeded("add", "death", "--subject", "P23", "--source", "S1")
    terminal.answers("", "P23")

    assert added.code == 0
    terminal.sees("When")


def test_a_registry_that_cannot_be_written_says_so_before_it_asks(
    tmp_path: Path, run_add: Callable[[Path | str], Terminal]
) -> None:
    """Nobody answers twenty questions for an error."""
    terminal = run_add(tmp_path / "none.db")

    code, out = terminal.ends()

    assert (code, out) == (4, "")
    assert "there is no registry" in terminal.screen
    assert "by number or word" not in terminal.screen


@pytest.fixture
def run_add() -> Iterator[Callable[[Path | str], Terminal]]:
    """Opens terminals on any path, and closes them."""
    opened: list[Terminal] = []

    def open_(db: Path | str) -> Terminal:
        opened.append(Terminal(db))
        return opened[-1]

    yield open_
    for terminal in opened:
        terminal.close()


def test_a_server_is_asked_and_written_as_a_file_is(
    postgres_url: str, run_add: Callable[[Path | str], Terminal]
) -> None:
    """What is offered, shown and recorded does not hang on the engine."""
    make_seeded(locate(postgres_url))
    terminal = run_add(postgres_url)
    terminal.answers("by number or word", "release")
    terminal.answers("To whom", "Erick Valencia")
    terminal.answers("another name", "1")
    terminal.answers("When")
    terminal.answers("The organization acted for", "CJNG")
    terminal.answers("(Enter: leave it at that)")
    terminal.answers("Their title")
    terminal.answers("alleged?")
    terminal.answers("Who did it")
    skip_the_rest(terminal, 0)
    terminal.answers("this release ends", "1")
    terminal.answers("or `new`", "new")
    terminal.answers("Title of the new source", "Invented press release")
    terminal.answers("Its publisher")
    terminal.answers("Its address")
    terminal.answers("When it was published")
    terminal.answers("the section")
    terminal.answers("exact words")
    terminal.answers("Record it?", "y")

    code, out = terminal.ends()

    assert code == 0
    assert out.splitlines() == [
        "S2 Invented press release",
        "A21 release of P23 Erick Valencia Salazar, undated",
    ]


def test_without_a_terminal_the_help_is_printed(seeded: Caseledger, seeded_file: Path) -> None:
    """A pipe cannot be asked: it is told what there is."""
    before = rows_of(seeded_file)

    ran = seeded("add", stdin="arrest\nFulano Inventado\n")

    assert (ran.code, ran.err) == (0, "")
    assert "Usage: caseledger" in ran.out
    assert "designation" in ran.out
    assert rows_of(seeded_file) == before


def test_an_agency_is_not_taken_for_a_cartel_because_of_its_name(terminal: Terminal) -> None:
    """It is said what it is, and asked again; a reference says that it is meant."""
    terminal.answers("by number or word", "death")
    terminal.answers("To whom", "P23")
    terminal.answers("When")
    terminal.answers("The organization acted for", "FGR")
    terminal.sees("O10 FGR is an agency, not whom somebody acts for; give the reference if it is")
    terminal.answers("The organization acted for", "O10")

    terminal.sees("What they are to it")


def test_the_same_action_is_asked_about_before_it_is_recorded_again(
    seeded: Caseledger, terminal: Terminal
) -> None:
    """No answer is lost to it."""
    seeded("add", "death", "--subject", "P23", "--source", "S1")
    terminal.answers("by number or word", "death")
    terminal.answers("To whom", "P23")
    terminal.answers("When")
    terminal.answers("The organization acted for")
    terminal.answers("Who did it")
    skip_the_rest(terminal, 0)
    terminal.answers("or `new`", "1")
    terminal.answers("the section")
    terminal.answers("exact words")
    terminal.answers("is recorded already, as A21. Record another?", "y")
    terminal.answers("Record it?", "y")

    assert terminal.ends() == (0, "A22 death of P23 Erick Valencia Salazar, undated\n")
