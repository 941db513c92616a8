"""Runs generated graphs of sleeping tasks and compares their makespan with the ideal bound.

The bound is the critical path, or all the work spread evenly over the slots, whichever is longer.
No schedule can be shorter; most graphs allow none as short. For Braid it is that of the task times
it measured, and of the known times too; ninja, make and the seed's groups, which run some of the
graphs in turns with Braid, are compared with that of the known times.
"""

import heapq
import json
import random
import statistics
import subprocess

import seed
from measuring import Row, Table, braid, call, need, write_tasks

TITLE = "Makespan"
AVERAGE_BAR = 1.05
WORST_BAR = 1.20
SEED = 1

# Tasks, width, slots.
QUICK = [(10, 4, 4), (50, 32, 16)]
WITH_PEERS = [*QUICK, (20, 8, 4), (100, 16, 8), (200, 32, 16)]
ALONE = [
    (50, 4, 4),
    (10, 1, 4),
    (10, 8, 8),
    (20, 2, 2),
    (20, 4, 8),
    (50, 16, 4),
    (50, 16, 8),
    (100, 8, 8),
    (100, 32, 8),
    (100, 32, 32),
    (200, 16, 8),
    (200, 32, 8),
    (200, 32, 32),
]
PACKAGES = {"ninja": "ninja-build", "make": "make"}
PEERS = {"ninja": "ninja", "make": "make -j", "seed": "seed's groups"}


def graph(count, width):
    """Strands of tasks side by side that cross here and there: (seconds, blockers) of each."""
    chance = random.Random(f"{SEED} {count} {width}")
    last_of = [None] * width
    tasks = []
    for task in range(count):
        strand = task if task < width else chance.randrange(width)
        blockers = {last_of[strand]}
        if chance.random() < 0.3:
            blockers.add(last_of[chance.randrange(width)])
        tasks.append((round(chance.uniform(0.1, 1.0), 3), sorted(blockers - {None})))
        last_of[strand] = task
    return tasks


def remaining(tasks):
    """Seconds from the start of each task to the end, were there slots for all."""
    after = [0.0] * len(tasks)
    for task in reversed(range(len(tasks))):
        seconds, blockers = tasks[task]
        after[task] += seconds
        for blocker in blockers:
            after[blocker] = max(after[blocker], after[task])
    return after


def list_schedule(tasks, slots):
    """The makespan when nothing takes time but the tasks, the longest remaining path first."""
    after = remaining(tasks)
    waiting = [len(blockers) for _, blockers in tasks]
    dependents = [[] for _ in tasks]
    for task, (_, blockers) in enumerate(tasks):
        for blocker in blockers:
            dependents[blocker].append(task)
    ready = [(-after[task], task) for task in range(len(tasks)) if waiting[task] == 0]
    heapq.heapify(ready)
    running, now = [], 0.0
    while ready or running:
        while ready and len(running) < slots:
            _, task = heapq.heappop(ready)
            heapq.heappush(running, (now + tasks[task][0], task))
        now, done = heapq.heappop(running)
        for task in dependents[done]:
            waiting[task] -= 1
            if waiting[task] == 0:
                heapq.heappush(ready, (-after[task], task))
    return now


def with_braid(folder, tasks, slots):
    """Wall and ideal seconds of the run, and those of the whole command."""
    file = write_tasks(
        folder / "tasks.json",
        [
            {
                "id": f"t{task}",
                "type": "general",
                "command": f"sleep {seconds}",
                "estimate_seconds": seconds,
                "blockedBy": [f"t{blocker}" for blocker in blockers],
            }
            for task, (seconds, blockers) in enumerate(tasks)
        ],
    )
    printed, whole = braid(
        folder / "root", "run", "--json", "--force", "--max-parallel", slots, file
    )
    timing = json.loads(printed)["timing"]
    return timing["wall_seconds"], timing["ideal_seconds"], whole


def with_ninja(folder, tasks, slots):
    builds = "".join(
        f"build t{task}: sleep {' '.join(f't{blocker}' for blocker in blockers)}\n  s = {seconds}\n"
        for task, (seconds, blockers) in enumerate(tasks)
    )
    (folder / "build.ninja").write_text(f"rule sleep\n  command = sleep $s\n{builds}")
    (folder / ".ninja_log").unlink(missing_ok=True)
    return call(["ninja", "-j", slots], cwd=folder)[1]


def with_make(folder, tasks, slots):
    names = " ".join(f"t{task}" for task in range(len(tasks)))
    rules = "".join(
        f"t{task}: {' '.join(f't{blocker}' for blocker in blockers)}\n\t@sleep {seconds}\n"
        for task, (seconds, blockers) in enumerate(tasks)
    )
    (folder / "Makefile").write_text(f"all: {names}\n.PHONY: all {names}\n{rules}")
    return call(["make", "--silent", "-j", slots], cwd=folder)[1]


def with_seed(_, tasks, slots):
    found = seed.groups(
        [
            {"id": task, "blockedBy": blockers, "seconds": seconds}
            for task, (seconds, blockers) in enumerate(tasks)
        ]
    )

    def execute(task, _):
        return subprocess.call(["sh", "-c", f"sleep {task['seconds']}"]) == 0

    return seed.run(found, slots, execute)[0]


def measure_one(folder, count, width, slots, peers):
    tasks = graph(count, width)
    wall, ideal, whole = with_braid(folder, tasks, slots)
    known = max(max(remaining(tasks)), sum(seconds for seconds, _ in tasks) / slots)
    others = {name: run(folder, tasks, slots) / known for name, run in peers.items()}
    row = [count, width, slots, f"{ideal:.2f}", f"{wall:.2f}", f"{whole:.2f}"]
    row += [f"{wall / ideal:.3f}", f"{wall / known:.3f}"]
    row += [f"{list_schedule(tasks, slots) / known:.3f}"]
    return wall / ideal, others, row + [f"{others[name]:.3f}" if others else "" for name in PEERS]


def measure(quick, folder):
    need(PACKAGES)
    runs = {"ninja": with_ninja, "make": with_make, "seed": with_seed}
    ratios, rows = [], []
    others = {name: [] for name in PEERS}
    for case in QUICK if quick else sorted(WITH_PEERS + ALONE):
        ratio, of_peers, row = measure_one(folder, *case, runs if case in WITH_PEERS else {})
        ratios.append(ratio)
        rows.append(row)
        for name, value in of_peers.items():
            others[name].append(value)

    def beside(choose):
        return ", ".join(f"{PEERS[name]} {choose(values):.2f}" for name, values in others.items())

    headings = ["tasks", "width", "slots", "ideal s", "wall s", "whole command s", "wall/ideal"]
    headings += ["wall/ideal of known times", "list schedule", *PEERS.values()]
    return [Table(headings, rows)], [
        Row(
            f"makespan / ideal bound, {len(rows)} graphs, average",
            [statistics.mean(ratios)],
            AVERAGE_BAR,
            f"of the known times, {len(others['ninja'])} graphs: {beside(statistics.mean)}",
            3,
        ),
        Row("makespan / ideal bound, worst", [max(ratios)], WORST_BAR, beside(max), 3),
    ]
