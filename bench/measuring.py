"""What the parts of the benchmark share: calling programs, figures, tables."""

import contextlib
import dataclasses
import functools
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import tempfile
import time

HOME = pathlib.Path(__file__).resolve().parent.parent
BRAID = HOME / "bin" / "braid"
PATIENCE_S = 900  # for one program, whatever it does


class NotMeasured(Exception):
    """Why there are no figures, for a person."""


@dataclasses.dataclass(frozen=True)
class Row:
    """A figure beside its bar and beside what others take for the same.

    Of several values the median counts. Without a bar it only tells.
    """

    what: str
    values: list
    bar: float | None = None
    peers: str = ""
    digits: int = 2

    def value(self):
        return statistics.median(self.values)

    def verdict(self):
        if self.bar is None:
            return ""
        return "good" if self.value() <= self.bar else "MISSED"

    def cells(self):
        bar = "" if self.bar is None else f"<= {self.bar:g}"
        return [self.what, bar, spread(self.values, self.digits), self.verdict(), self.peers]


ROW_HEADINGS = ["what", "bar", "median (from-to)", "", "beside it"]


@dataclasses.dataclass(frozen=True)
class Table:
    """Cells below headings."""

    headings: list
    rows: list

    def text(self):
        """As Markdown whose columns line up."""
        lines = [self.headings, *[[str(cell) for cell in row] for row in self.rows]]
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.headings))]
        lines.insert(1, ["-" * width for width in widths])
        return "\n".join(
            "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |"
            for line in lines
        )


@contextlib.contextmanager
def work_folder():
    """A folder on the disk of the project (a folder in memory would make fsync free)."""
    target = HOME / "target"
    target.mkdir(exist_ok=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=target))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def call(command, good=(0,), **options):
    """Runs a program to its end; returns what it printed and the seconds it took."""
    command = [str(part) for part in command]
    options = {"cwd": HOME, "stdin": subprocess.DEVNULL, "stderr": subprocess.PIPE, **options}
    begin = time.monotonic()
    try:
        ended = subprocess.run(
            command, stdout=subprocess.PIPE, text=True, timeout=PATIENCE_S, **options
        )
    except OSError as problem:
        raise NotMeasured(f"{in_short(command)}: {problem}") from problem
    except subprocess.TimeoutExpired as problem:
        raise NotMeasured(f"{in_short(command)}: not done after {PATIENCE_S} s") from problem
    seconds = time.monotonic() - begin
    if ended.returncode not in good:
        printed = f"{ended.stderr or ''}{ended.stdout}"[-2000:]
        raise NotMeasured(f"{in_short(command)}: exit {ended.returncode}\n{printed}")
    return ended.stdout, seconds


def in_short(command):
    """Without what is too long to read, such as class paths."""
    return " ".join(part for part in command if len(part) < 200)


def braid(root, *arguments, good=(0,), cwd=HOME, env=None):
    """Calls Braid with that root; returns what it printed and the seconds it took."""
    environment = {**os.environ, **(env or {}), "CLAUDE_CONFIG_DIR": str(root)}
    return call([BRAID, *arguments], good, env=environment, cwd=cwd)


def java(flags, program, *arguments):
    """Runs a program of the tests or benchmarks, compiled before; returns what it printed."""
    jdk, classes = compiled()
    return call([f"{jdk}/bin/java", *flags, "-cp", classes, program, *arguments], stderr=None)[0]


@functools.cache
def compiled():
    """The JDK of the build, and a class path with tests and benchmarks, compiled if need be."""
    jdk = (HOME / "target" / "braid.jdk").read_text().strip()
    libraries = HOME / "target" / "bench.classpath"
    maven = ["mvn", "-q", "-B", "-ntp", "-P", "bench", "test-compile", "-Dspotless.check.skip"]
    maven += ["dependency:build-classpath", f"-Dmdep.outputFile={libraries}"]
    call(maven, env={**os.environ, "JAVA_HOME": jdk})
    classes = [str(HOME / "target" / name) for name in ("classes", "test-classes")]
    return jdk, ":".join([*classes, libraries.read_text().strip()])


def need(packages):
    """Complains of tools that are not there, by their Debian packages."""
    missing = [package for tool, package in packages.items() if not shutil.which(tool)]
    if missing:
        raise NotMeasured(f"needs the Debian packages: {', '.join(missing)}")


def write_tasks(file, tasks):
    file.write_text(json.dumps({"tasks": tasks}))
    return file


def in_turns(names, rounds):
    """Who is measured when: all in each round, another one first each time.

    So all meet the same machine, and nobody always follows the same neighbour.
    """
    names = list(names)
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            yield number, name


def ratios(some, others):
    """Of each round by itself: what slows one down for a moment slows its neighbour too."""
    return [one / other for one, other in zip(some, others)]


def percentile(values, percent):
    """The smallest of the values that so many percent do not exceed."""
    ranked = sorted(values)
    return ranked[max(0, -(-len(ranked) * percent // 100) - 1)]


def spread(values, digits=2):
    """The median, and from where to where the values go where there are several."""
    low, middle, high = min(values), statistics.median(values), max(values)
    if len(values) == 1:
        return f"{middle:.{digits}f}"
    return f"{middle:.{digits}f} ({low:.{digits}f}-{high:.{digits}f})"


def machine():
    """What the figures depend on; others at work make them worse than they are."""
    load, cores = os.getloadavg()[0], os.cpu_count()
    words = f"{platform.system()} {platform.machine()}, {cores} cores, load {load:.1f}"
    return words + ("; BUSY, the figures are too high" if load > cores / 2 else "")


def add_row(heading, cells):
    """Adds a row to the table below that heading of docs/RELIABILITY.md."""
    file = HOME / "docs" / "RELIABILITY.md"
    lines = file.read_text().split("\n")
    row = lines.index(heading)
    while not lines[row].startswith("|"):
        row += 1
    while row < len(lines) and lines[row].startswith("|"):
        row += 1
    lines.insert(row, f"| {' | '.join(map(str, cells))} |")
    file.write_text("\n".join(lines))
