"""Runs many tasks that do nothing, 8 at a time, beside tools that do the same.

What is measured is what a tool adds to each task. Every tool hands "exit 0" to a shell, one for
each task; the tools take turns, so that all meet the same machine. Braid keeps a journal with
fsync, the output and the result of each task; task-spooler keeps the output, ninja and parallel a
log; make and xargs keep nothing.
"""

import json
import os
import shlex
import tempfile

from measuring import BRAID, HOME, NotMeasured, Row, Table, call, in_turns, need, ratios, spread

TITLE = "Tasks that do nothing"
SLOTS = 8
# Not ":", which make would not even start.
NOOP = "exit 0"
NINJA_BAR = 5.0
PARALLEL_BAR = 1.0

PACKAGES = {
    "ninja": "ninja-build",
    "make": "make",
    "parallel": "parallel",
    "xargs": "findutils",
    "tsp": "task-spooler",
}
SPOOL = f"""tsp -S {SLOTS}
while read -r _; do tsp sh -c '{NOOP}'; done <numbers
tsp -w
"""


def write_inputs(folder, count):
    """What each tool reads; the files are named as the tools expect."""
    tasks = [{"id": f"t{i}", "type": "general", "command": NOOP} for i in range(count)]
    (folder / "tasks.json").write_text(json.dumps(tasks))
    builds = "".join(f"build t{i}: noop\n" for i in range(count))
    (folder / "build.ninja").write_text(f"rule noop\n  command = {NOOP}\n{builds}")
    targets = " ".join(f"t{i}" for i in range(count))
    makefile = f"all: {targets}\n.PHONY: all {targets}\n{targets}:\n\t@{NOOP}\n"
    (folder / "Makefile").write_text(makefile)
    (folder / "numbers").write_text("".join(f"{i}\n" for i in range(count)))
    (folder / "spool.sh").write_text(SPOOL)


def commands():
    slots = str(SLOTS)
    return {
        "braid": [str(BRAID), "run", "--json", "--force", "--max-parallel", slots, "tasks.json"],
        "ninja": ["ninja", "-j", slots],
        "make": ["make", "--silent", "-j", slots],
        "parallel": ["parallel", "--will-cite", "-j", slots, "-n", "0"]
        + ["--joblog", "joblog", NOOP, "::::", "numbers"],
        "xargs": ["xargs", "-a", "numbers", "-P", slots, "-n", "1", "sh", "-c", NOOP],
        "task-spooler": ["sh", "spool.sh"],
    }


def clean(folder):
    """What a tool left makes the next round another one.

    Braid's files stay, each round has its own root: ext4 passes over inodes that were freed in the
    last seconds, so removing thousands of files just before a round would be what is measured.
    """
    for name in (".ninja_log", ".ninja_deps", "joblog"):
        (folder / name).unlink(missing_ok=True)


def measure_one(tool, command, folder, count, number):
    clean(folder)
    # The path of a socket must be short.
    with tempfile.TemporaryDirectory() as short:
        environment = {
            **os.environ,
            "CLAUDE_CONFIG_DIR": str(folder / f"root-{number}"),
            "SHELL": "/bin/sh",
            "TMPDIR": str(folder),
            "TS_SOCKET": f"{short}/tsp",
            "TS_MAXFINISHED": str(count),
        }
        try:
            printed, seconds = call(command, cwd=folder, env=environment)
            check(tool, printed, folder, count, environment)
        finally:
            if tool == "task-spooler":
                call(["tsp", "-K"], env=environment)
    return seconds


def check(tool, printed, folder, count, environment):
    """A tool that left something out is not fast."""
    done = count
    if tool == "braid":
        done = sum(task["status"] == "success" for task in json.loads(printed)["tasks"])
    elif tool == "ninja":
        done = len((folder / ".ninja_log").read_text().splitlines()) - 1
    elif tool == "parallel":
        done = len((folder / "joblog").read_text().splitlines()) - 1
    elif tool == "task-spooler":
        done = call(["tsp", "-l"], env=environment)[0].count(" finished ")
    if done != count:
        raise NotMeasured(f"{tool}: {done} of {count} tasks")


def measure(quick, folder):
    need(PACKAGES)
    if "GNU parallel" not in call(["parallel", "--version"])[0]:
        raise NotMeasured("needs GNU parallel, but another program of that name is installed")
    count = 300 if quick else 1000
    write_inputs(folder, count)
    tools = commands()
    seconds = {tool: [] for tool in tools}
    for number, tool in in_turns(tools, 3 if quick else 7):
        seconds[tool].append(measure_one(tool, tools[tool], folder, count, number))
    times = {tool: ratios(seconds["braid"], seconds[tool]) for tool in tools}

    rows = [
        [shlex.join(tools[tool]).replace(f"{HOME}/", ""), spread(of_tool)]
        + [f"{1000 * Row('', of_tool).value() / count:.2f}", spread(times[tool])]
        for tool, of_tool in seconds.items()
    ]
    others = ", ".join(
        f"{tool} {spread(times[tool])}" for tool in ("make", "xargs", "task-spooler")
    )
    return [Table(["tool", "seconds", "ms a task", "braid / tool"], rows)], [
        Row(f"{count} no-op tasks: braid / parallel --joblog", times["parallel"], PARALLEL_BAR),
        Row(f"{count} no-op tasks: braid / ninja", times["ninja"], NINJA_BAR, f"braid / {others}"),
    ]
