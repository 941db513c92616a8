"""Runs the examples of the policy with stand-ins for agents: what is gained, and what is lost.

How long an agent takes is drawn from a heavy tail: log-normal, the median a fraction of a second
where a real one takes minutes, some ten times that. One after another, in the seed's groups with
their barriers, and by Braid in ten slots, always the same draws; in some series a tenth of all
attempts fails and is tried again. Five tasks are the services of one example; 20 and 100 are
services that are created, then built, tested and searched. Nobody knows the times before, so there
are no estimates. The seed's groups are at their best: tasks are listed step by step. Times are
those of the runs alone, without the start of a program, which real agents make small. The pauses
before another attempt are not scaled: the bound has them on its paths.
"""

import dataclasses
import json
import math
import os
import random
import shlex
import subprocess

import seed
from measuring import HOME, NotMeasured, Row, Table, braid, call, ratios, spread, write_tasks

TITLE = "Agents"
SLOTS = 10
TAIL = 1.0  # sigma of the logarithm
LONGEST = 15  # medians
FAILING = 0.1
ATTEMPTS = seed.ATTEMPTS
THINKING = 0.2  # part of its time until an agent's first answer

# The policy's criteria: half of the time is saved, and no more fails than before.
HALF = 0.5

SERVICES = ["auth", "user", "product", "order", "notification"]
STEPS = {
    "create": ("service_creation", "Create {service}"),
    "build": ("build", "Build {service}"),
    "test": ("testing", "Run tests in {service}"),
    "search": ("search", "Search for config in {service}"),
}
RESULTS = {
    "service_creation": {"service_name": "x"},
    "build": {"artifacts": ["x.jar"]},
    "testing": {"test_count": 20, "passed": 20, "failed": 0},
    "search": {"files": [{"path": "application.yml"}]},
}


@dataclasses.dataclass(frozen=True)
class Series:
    """What is run: so many tasks, by commands or by the stand-in for Claude Code."""

    tasks: int
    median_s: float
    failing: float = 0.0
    claude: bool = False

    def name(self):
        agents = "claude" if self.claude else "commands"
        return f"{self.tasks} {agents}" + (", 10 % fail" if self.failing else "")


QUICK = [Series(5, 0.1), Series(20, 0.1), Series(20, 0.1, FAILING), Series(5, 0.2, claude=True)]
FULL = [
    Series(5, 0.2),
    Series(20, 0.2),
    Series(100, 0.1),
    Series(20, 0.1, FAILING),
    Series(100, 0.05, FAILING),
    Series(5, 0.4, claude=True),
    Series(20, 0.3, claude=True),
    Series(20, 0.2, FAILING, claude=True),
]


@dataclasses.dataclass(frozen=True)
class Draw:
    """What an agent will do: it takes so long each time, and fails so often."""

    seconds: float
    failures: int

    @staticmethod
    def by(chance, series):
        length = min(math.exp(chance.gauss(0, TAIL)), LONGEST)
        failures = 0
        while chance.random() < series.failing:
            failures += 1
        return Draw(round(series.median_s * length, 3), failures)

    def work(self):
        return self.seconds * min(self.failures + 1, ATTEMPTS)

    def pauses(self):
        return sum(2**attempt for attempt in range(1, min(self.failures, ATTEMPTS - 1) + 1))


def tasks_of(series):
    """Tasks listed step by step, each service's after its step before."""
    steps = ["test"] if series.tasks == len(SERVICES) else list(STEPS)
    services = [
        f"{SERVICES[i % len(SERVICES)]}-service-{i // len(SERVICES)}"
        for i in range(series.tasks // len(steps))
    ]
    return [
        {
            "id": f"{step}-{service}",
            "type": STEPS[step][0],
            "subject": STEPS[step][1].format(service=service),
            "service_name": service,
            "blockedBy": [f"{steps[depth - 1]}-{service}"] if depth else [],
            "max_retries": ATTEMPTS,
        }
        for depth, step in enumerate(steps)
        for service in services
    ]


def bound(tasks, draws):
    """No schedule is shorter: the longest path with its pauses, or the work spread over slots."""
    ends = {}
    for task in tasks:
        draw = draws[task["id"]]
        begin = max((ends[blocker] for blocker in task["blockedBy"]), default=0)
        ends[task["id"]] = begin + draw.work() + draw.pauses()
    return max(*ends.values(), sum(draw.work() for draw in draws.values()) / SLOTS)


class Stage:
    """The surroundings of one series: a root, stand-ins, and for each run a new repository."""

    def __init__(self, folder, series):
        self.folder, self.series = folder, series
        self.root, self.agents = folder / "root", folder / "agents"
        self.environment = {"AGENTS": str(self.agents)}
        self.places = 0
        self.agents.mkdir(parents=True)
        config = self.root / "memory" / "config" / "parallel-execution-config.json"
        config.parent.mkdir(parents=True)
        config.write_text(
            json.dumps({"claude_command": str(HOME / "bench" / "agent"), "min_free_memory_mb": 0})
        )

    def prepare(self, tasks, draws):
        """Tells commands, or the stand-ins, what was drawn for them."""
        for task in tasks:
            draw = draws[task["id"]]
            if self.series.claude:
                task["prompt"] = task["subject"]
                self.tell(task, draw)
            else:
                task["command"] = f"sleep {draw.seconds}; test $BRAID_ATTEMPT -gt {draw.failures}"

    def tell(self, task, draw):
        thinking = draw.seconds * THINKING
        result = {"outcome": "done", "summary": "did it", **RESULTS[task["type"]]}
        file = "-"
        if task["type"] == "service_creation":
            file = f"services/{task['service_name']}.txt"
            result["files"] = [file]
        line = f"{thinking:.3f} {draw.seconds - thinking:.3f} {draw.failures} {file}"
        (self.agents / task["id"]).write_text(f"{line}\n{json.dumps(result)}\n")

    def place(self):
        """A new folder to work in, for workers a repository with one commit."""
        self.places += 1
        place = self.folder / f"work-{self.places}"
        place.mkdir()
        if self.series.claude:
            # What the searches find; a result that names no file of the tree would be refused.
            (place / "application.yml").write_text("services: []\n")
            for words in ("init -q -b main", "config user.name Ann", "add -A"):
                call(["git", "-C", place, *shlex.split(words)])
            call(["git", "-C", place, "-c", "user.email=ann@example.org", "commit", "-qm", "Begin"])
        return place

    def with_braid(self, tasks, slots):
        """Wall seconds and how many tasks did not succeed."""
        file = write_tasks(self.folder / "tasks.json", tasks)
        printed, _ = braid(
            self.root,
            *("run", "--json", "--force", "--max-parallel", slots, file),
            good=(0, 1),
            cwd=self.place(),
            env=self.environment,
        )
        run = json.loads(printed)
        bad = sum(task["status"] != "success" for task in run["tasks"])
        return run["timing"]["wall_seconds"], bad

    def with_seed(self, tasks):
        place = self.place()
        script = [str(HOME / "bench" / "agent"), "-p"]

        def execute(task, attempt):
            names = {"BRAID_TASK_ID": task["id"], "BRAID_ATTEMPT": str(attempt)}
            command = script if self.series.claude else ["sh", "-c", task["command"]]
            ended = subprocess.run(
                command,
                cwd=place,
                env={**os.environ, **self.environment, **names},
                input=task.get("prompt", ""),
                stdout=subprocess.DEVNULL,
                text=True,
                check=False,
            )
            return ended.returncode == 0

        seconds, failed = seed.run(seed.groups(tasks), SLOTS, execute)
        return seconds, len(failed)


def measure_one(folder, series, rounds):
    """Seconds and failed tasks of each way, one of each for each round."""
    stage = Stage(folder, series)
    seconds = {way: [] for way in ("one by one", "groups", "braid", "bound")}
    failed = {way: 0 for way in seconds}
    for number in range(rounds):
        tasks = tasks_of(series)
        chance = random.Random(f"{number} {series}")
        draws = {task["id"]: Draw.by(chance, series) for task in tasks}
        stage.prepare(tasks, draws)
        ways = {
            "one by one": lambda: stage.with_braid(tasks, 1),
            "groups": lambda: stage.with_seed(tasks),
            "braid": lambda: stage.with_braid(tasks, SLOTS),
            "bound": lambda: (bound(tasks, draws), 0),
        }
        for way, run in ways.items():
            took, bad = run()
            if bad and not series.failing:
                raise NotMeasured(f"{series.name()}, {way}: {bad} tasks failed")
            seconds[way].append(took)
            failed[way] += bad
    return seconds, failed


def measure(quick, folder):
    lines, rows, more, done = [], [], 0, 0
    for series in QUICK if quick else FULL:
        rounds = 1 if quick else 5
        seconds, failed = measure_one(folder / series.name().replace(" ", "-"), series, rounds)
        gain = {way: ratios(seconds["one by one"], seconds[way]) for way in seconds}
        lines.append(
            [series.name(), rounds, *[spread(of_way) for of_way in seconds.values()]]
            + [spread(gain[way]) for way in ("braid", "groups")]
            + [spread(ratios(seconds["braid"], seconds["bound"]))]
            + [f"{failed['one by one']}, {failed['groups']}, {failed['braid']}"]
        )
        if series.failing:
            more += failed["braid"] - failed["one by one"]
            done += rounds * series.tasks
        else:
            shown = ", ".join(f"{way} {spread(gain[way], 1)}" for way in ("groups", "bound"))
            rows.append(
                Row(
                    f"{series.name()}: time / one by one",
                    ratios(seconds["braid"], seconds["one by one"]),
                    HALF,
                    f"speed-up {spread(gain['braid'], 1)}; {shown}",
                )
            )
    rows.append(
        Row(f"failed of {done} tasks, more than one by one", [more], 0, "10 % of attempts fail", 0)
    )
    headings = ["seconds", "rounds", "one by one", "groups", "braid", "bound"]
    headings += ["speed-up", "of groups", "braid / bound", "failed: one by one, groups, braid"]
    return [Table(headings, lines)], rows
