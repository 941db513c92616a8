"""Measures by JMH how planning, merging, journal and reading grow from 10 to 100,000 tasks.

It is what the daemon does: warm, with the flags of Java that it has. The exponent is that of the
power of the number of tasks by which the time grows (1: twice the tasks take twice the time),
fitted from 1,000 tasks on; with fewer, what does not grow weighs. That of the memory asked for says
how the work grows: time has the caches of the processor in it. The seed's groups of the same tasks
are made beside it.
"""

import json
import math
import random
import time

import seed
from measuring import Row, Table, braid, java, spread, write_tasks

TITLE = "Growth"
SEED = 1
PLAN_BAR_MS = 200
EXPONENT_BAR = 1.2
PLANNED = 10_000
BLOCKERS = 5
FITTED_FROM = 1_000
ROUNDS = 5

BENCHMARKS = {
    "PlanBenchmark.plan": "make the plan",
    "ReadBenchmark.file": "read a task file",
    "ReadBenchmark.list": "read a list of Claude Code",
    "JournalBenchmark.append": "append all results to the journal, durably",
    "JournalBenchmark.replay": "read the journal",
    "MergeBenchmark.merge": "merge the results",
}
QUIET = "--sun-misc-unsafe-memory-access=allow"  # JMH uses it
FLAGS = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=2"]


def layered(count):
    """Tasks that each wait for five of the hundred before them."""
    chance = random.Random(SEED)
    tasks = []
    for task in range(count):
        before = range(max(0, task - 100), task)
        blockers = sorted(chance.sample(before, min(BLOCKERS, len(before))))
        tasks.append(
            {
                "id": f"t{task}",
                "subject": f"Run the tests of part {task}",
                "command": ":",
                "blockedBy": [f"t{blocker}" for blocker in blockers],
            }
        )
    return tasks


def with_jmh(folder, sizes, seconds):
    """Milliseconds and bytes of each benchmark and size: {name: {size: [...]}}, twice."""
    report = folder / "jmh.json"
    every = f"{round(1000 * seconds)}ms"
    jmh = ["dev.braid.bench", "-p", f"size={','.join(map(str, sizes))}", "-bm", "avgt", "-tu", "ms"]
    jmh += ["-f", "1", "-wi", "3", "-w", every, "-i", ROUNDS, "-r", every, "-foe", "true"]
    jmh += ["-rf", "json", "-rff", report, "-v", "SILENT", "-prof", "gc"]
    jmh += ["-jvmArgs", " ".join([QUIET, *FLAGS, f"-Dbraid.bench.folder={folder}"])]
    java([QUIET, "-Djmh.ignoreLock=true"], "org.openjdk.jmh.Main", *jmh)
    times, memory = {}, {}
    for result in json.loads(report.read_text()):
        name = ".".join(result["benchmark"].split(".")[-2:])
        size = int(result["params"]["size"])
        times.setdefault(name, {})[size] = result["primaryMetric"]["rawData"][0]
        asked = result["secondaryMetrics"]["gc.alloc.rate.norm"]
        memory.setdefault(name, {})[size] = asked["rawData"][0]
    return times, memory


def with_seed(tasks):
    """Milliseconds to make the groups, some times, and how many there are."""
    times = []
    for _ in range(ROUNDS):
        begin = time.monotonic()
        found = seed.groups(tasks)
        times.append(1000 * (time.monotonic() - begin))
    return times, len(found)


def exponent(times):
    """Least squares of the logarithms; times are values by size."""
    points = [
        (math.log(size), math.log(Row("", values).value()))
        for size, values in times.items()
        if size >= FITTED_FROM
    ]
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    rise = sum((x - middle_x) * (y - middle_y) for x, y in points)
    return rise / sum((x - middle_x) ** 2 for x, _ in points)


def figure(millis):
    """Three digits that count."""
    return f"{millis:.{max(0, 2 - math.floor(math.log10(millis)))}f}"


def measure(quick, folder):
    sizes = [1_000, PLANNED] if quick else [10, 100, 1_000, PLANNED, 100_000]
    of_seed, groups, files = {}, {}, {}
    for size in sizes:
        tasks = layered(size)
        files[size] = write_tasks(folder / f"tasks-{size}.json", tasks)
        of_seed[size], groups[size] = with_seed(tasks)
    times, memory = with_jmh(folder, sizes, 0.1 if quick else 0.4)
    whole = [
        braid(folder / "root", "plan", "--json", files[PLANNED])
        for _ in range(3 if quick else ROUNDS)
    ]
    waves = len(json.loads(whole[0][0])["waves"])

    rows = [
        [what, *[figure(Row("", times[name][size]).value()) for size in sizes]]
        + [f"{exponent(times[name]):.2f}", f"{exponent(memory[name]):.2f}"]
        for name, what in BENCHMARKS.items()
    ]
    rows.append(
        ["make the seed's groups, in Python"]
        + [figure(Row("", of_seed[size]).value()) for size in sizes]
        + [f"{exponent(of_seed):.2f}", ""]
    )
    worst = max(BENCHMARKS, key=lambda name: exponent(times[name]))
    edges = sum(range(BLOCKERS)) + (PLANNED - BLOCKERS) * BLOCKERS
    headings = [f"tasks ({BLOCKERS} blockers each): ms", *[f"{size:,}" for size in sizes]]
    return [Table([*headings, "exponent", "of memory"], rows)], [
        Row(
            f"plan of {PLANNED:,} tasks / {edges:,} edges, warm, ms",
            times["PlanBenchmark.plan"][PLANNED],
            PLAN_BAR_MS,
            f"the seed's groups, in Python: {spread(of_seed[PLANNED], 0)};"
            f" {groups[PLANNED]:,} groups, {waves:,} waves",
            0,
        ),
        Row(
            f"plan of {PLANNED:,} tasks, whole command, ms",
            [1000 * seconds for _, seconds in whole],
            digits=0,
        ),
        Row(
            f"growth up to {sizes[-1]:,} tasks, exponent, plan",
            [exponent(times["PlanBenchmark.plan"])],
            EXPONENT_BAR,
            f"the seed's groups {exponent(of_seed):.2f}",
        ),
        Row(
            "growth, exponent, worst of all",
            [exponent(times[worst])],
            EXPONENT_BAR,
            f"{BENCHMARKS[worst]}; of the memory it asks for {exponent(memory[worst]):.2f}",
        ),
    ]
