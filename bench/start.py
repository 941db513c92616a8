"""Measures waiting: for a small command, for the daemon, and for a task to begin.

Commands are measured whole, from their start to their end as the caller sees it. How soon a task
begins is measured by the tasks themselves: each prints the time as its first and as its last act.
From the last act of a blocker to the first act of the task that waited for it pass: the end of the
blocker's shell, the tool's notice of it, for Braid a durable entry in the journal and the start of
a wrapper, the start of the shell, and two starts of "date". The bar holds for all of that together.
"""

import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import time
import urllib.request

from measuring import BRAID, HOME, NotMeasured, Row, braid, call, in_turns, need
from measuring import percentile, spread, write_tasks

TITLE = "Starts"
SEED = 1
COMMAND_BAR_MS = 250
MEDIAN_BAR_MS = 10
SLOWEST_BAR_MS = 50
DAEMON_BAR_MS = 500
MEMORY_BAR_MB = 100
CPU_BAR_PERCENT = 0.1
SETTLING_S = 25  # until all that it does every some seconds was done, and compiled, once
IDLE_S = 30
ANSWER_S = 20

STRANDS = 4
MOMENT = "date +%s%N"
PACKAGES = {"ninja": "ninja-build", "make": "make"}


def strands(length):
    """Tasks in strands side by side: the name of each, of its blocker or None, and its seconds."""
    chance = random.Random(SEED)
    return [
        (f"s{strand}-{i}", f"s{strand}-{i - 1}" if i else None, chance.uniform(0.05, 0.25))
        for strand in range(STRANDS)
        for i in range(length)
    ]


def lines_of(seconds):
    return f"{MOMENT}; sleep {seconds:.3f}; {MOMENT}"


def with_braid(folder, tasks):
    file = write_tasks(
        folder / "strands.json",
        [
            {
                "id": task,
                "type": "general",
                "command": lines_of(seconds),
                "blockedBy": [blocker] if blocker else [],
            }
            for task, blocker, seconds in tasks
        ],
    )
    braid(folder / "root", "run", "--json", "--force", "--max-parallel", STRANDS, file)
    results = folder / "root" / "memory" / "temp" / "parallel-results"
    return {
        task: json.loads((results / f"{task}.json").read_text())["output"] for task, _, _ in tasks
    }


def with_ninja(folder, tasks):
    builds = "".join(
        f"build {task}: step {blocker or ''}\n  line = {lines_of(seconds)}\n"
        for task, blocker, seconds in tasks
    )
    (folder / "build.ninja").write_text(f"rule step\n  command = {{ $line; }} >$out\n{builds}")
    return with_files(folder, tasks, ["ninja", "-j", STRANDS])


def with_make(folder, tasks):
    names = " ".join(task for task, _, _ in tasks)
    rules = "".join(
        f"{task}: {blocker or ''}\n\t@{{ {lines_of(seconds)}; }} >$@\n"
        for task, blocker, seconds in tasks
    )
    (folder / "Makefile").write_text(f"all: {names}\n{rules}")
    return with_files(folder, tasks, ["make", "--silent", "-j", STRANDS])


def with_files(folder, tasks, command):
    for name in (".ninja_log", *(task for task, _, _ in tasks)):
        (folder / name).unlink(missing_ok=True)
    call(command, cwd=folder)
    return {task: (folder / task).read_text() for task, _, _ in tasks}


def gaps(tasks, printed):
    """Milliseconds from the last act of each blocker to the first act of who waited for it."""
    moments = {task: [int(line) for line in text.split()] for task, text in printed.items()}
    return [
        (moments[task][0] - moments[blocker][1]) / 1e6 for task, blocker, _ in tasks if blocker
    ]


def small_command(folder, rounds):
    """Milliseconds of a command in a root that has seen a few runs."""
    file = write_tasks(folder / "small.json", [{"id": "a", "command": ":"}])
    for _ in range(5):
        braid(folder / "root", "run", file)
    return [1000 * braid(folder / "root", "runs")[1] for _ in range(rounds)]


def answers(root):
    """Whether a daemon of that root answers, asked without a start of Java."""
    try:
        endpoint = json.loads((root / "memory/run/braid/endpoint.json").read_text())
        request = urllib.request.Request(f"http://127.0.0.1:{endpoint['port']}/status")
        request.add_header("X-Braid-Token", endpoint["token"])
        with urllib.request.urlopen(request, timeout=2) as answer:
            return json.loads(answer.read())["daemon"]["running"]
    except (OSError, ValueError):
        return False


def start_daemon(root):
    """The process, and the milliseconds until it answered."""
    began = time.monotonic()
    daemon = subprocess.Popen(
        [str(BRAID), "daemon", "run"],
        env={**os.environ, "CLAUDE_CONFIG_DIR": str(root)},
        stderr=subprocess.DEVNULL,
    )
    while not answers(root):
        if time.monotonic() - began > ANSWER_S:
            stop(daemon)
            raise NotMeasured(f"a daemon does not answer after {ANSWER_S} s")
        time.sleep(0.002)
    return daemon, 1000 * (time.monotonic() - began)


def stop(daemon):
    daemon.terminate()
    daemon.wait(timeout=ANSWER_S)


def cpu_seconds(pid):
    """Of a process, exact; the ticks in its stat are of 10 ms, too coarse for this.

    The clock of another process as clock_getcpuclockid(3) names it on Linux.
    """
    return time.clock_gettime(~pid << 3 | 2)


def daemon_starts(root, rounds):
    starts = []
    for _ in range(rounds):
        daemon, millis = start_daemon(root)
        stop(daemon)
        starts.append(millis)
    return starts


def daemons_at_rest(folder, count, rounds, idle_s):
    """Milliseconds of status; resident MB and CPU in percent of each of some idle daemons."""
    daemons, statuses = [], []
    try:
        for number in range(count):
            root = folder / f"root-{number}"
            shutil.copytree(folder / "root", root)
            daemons.append(start_daemon(root)[0])
            statuses += [1000 * braid(root, "status")[1] for _ in range(rounds)]
        time.sleep(SETTLING_S)
        before = [cpu_seconds(daemon.pid) for daemon in daemons]
        time.sleep(idle_s)
        cpu = [
            (cpu_seconds(daemon.pid) - used) / idle_s * 100
            for daemon, used in zip(daemons, before)
        ]
        return statuses, [resident_mb(daemon.pid) for daemon in daemons], cpu
    finally:
        for daemon in daemons:
            stop(daemon)


def resident_mb(pid):
    pages = int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(quick, folder):
    need(PACKAGES)
    rounds = 5 if quick else 15
    command = small_command(folder, rounds)
    jdk = (HOME / "target" / "braid.jdk").read_text().strip()
    bare = [1000 * call([f"{jdk}/bin/java", "-version"])[1] for _ in range(rounds)]
    starts = daemon_starts(folder / "root", rounds)
    statuses, memory, cpu = daemons_at_rest(folder, 2 if quick else 5, 3, 10 if quick else IDLE_S)

    tools = {"braid": with_braid, "ninja": with_ninja, "make": with_make}
    tasks = strands(10 if quick else 30)
    waits = {tool: [] for tool in tools}
    for _, tool in in_turns(tools, 3 if quick else 5):
        waits[tool].append(gaps(tasks, tools[tool](folder, tasks)))
    medians = {tool: [statistics.median(of) for of in each] for tool, each in waits.items()}
    slowest = {tool: [percentile(of, 99) for of in each] for tool, each in waits.items()}

    def beside(figures):
        return ", ".join(f"{tool} {spread(figures[tool], 1)}" for tool in ("ninja", "make"))

    starting = f"ready -> started, {len(waits['braid'][0])} starts a round"
    return [], [
        Row(f"{starting}, p50 ms", medians["braid"], MEDIAN_BAR_MS, beside(medians), 1),
        Row(f"{starting}, p99 ms", slowest["braid"], SLOWEST_BAR_MS, beside(slowest), 1),
        Row("daemon, start to first answer, ms", starts, DAEMON_BAR_MS, digits=0),
        Row("daemon, resident memory when idle, MB", memory, MEMORY_BAR_MB, digits=0),
        Row("daemon, CPU when idle, %", cpu, CPU_BAR_PERCENT, digits=3),
        Row("braid status, whole command, daemon running, ms", statuses, COMMAND_BAR_MS,
            f"java -version {spread(bare, 0)}", 0),
        Row("braid runs, whole command, ms", command, COMMAND_BAR_MS, digits=0),
    ]
