"""What the benchmarks share: calling the program, figures, tables."""

import contextlib
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HOME = pathlib.Path(__file__).resolve().parent.parent
BRAID = HOME / "bin" / "braid"


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


def braid(root, *arguments):
    """Calls the program with that root; returns what it printed and the seconds it took."""
    environment = {**os.environ, "CLAUDE_CONFIG_DIR": str(root)}
    command = [str(BRAID), *map(str, arguments)]
    begin = time.monotonic()
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=HOME)
    seconds = time.monotonic() - begin
    if ended.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {ended.returncode}\n{ended.stderr}{ended.stdout}")
    return ended.stdout, seconds


def make_ready(root):
    """Builds the program where that is still to be done, outside of what is measured."""
    braid(root, "--version")


def write_tasks(file, tasks):
    file.write_text(json.dumps({"tasks": tasks}))
    return file


def percentile(values, percent):
    """The smallest of the values that so many percent do not exceed."""
    ranked = sorted(values)
    return ranked[max(0, -(-len(ranked) * percent // 100) - 1)]


def spread(values, digits=2):
    """The median, and from where to where the values go."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:.{digits}f} ({low:.{digits}f}-{high:.{digits}f})"


def say_machine():
    """What the figures depend on; others at work make them worse than they are."""
    load, cores = os.getloadavg()[0], os.cpu_count()
    print(f"{platform.system()} {platform.machine()}, {cores} cores, load {load:.1f}", end="")
    print("; BUSY, the figures are too high\n" if load > cores / 2 else "\n")


def table(headings, rows):
    """Prints a Markdown table whose columns line up."""
    lines = [headings, *[[str(cell) for cell in row] for row in rows]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(headings))]
    lines.insert(1, ["-" * width for width in widths])
    for line in lines:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |")
    print(flush=True)


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


def verdict(checks):
    """Prints each check with its bar; returns the exit code: 1 when one is missed."""
    for name, value, bar in checks:
        print(f"{'good' if value <= bar else 'MISSED'}: {name} {value:.2f}, bar {bar:.2f}")
    return 0 if all(value <= bar for _, value, bar in checks) else 1
