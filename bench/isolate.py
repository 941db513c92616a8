"""Measures what a worktree of its own costs a task, step by step, beside "git worktree add" alone.

The repository is generated: many files, all committed and packed, a few of them changed since, and
a few new ones. A task changes a file in a thousand, adds and deletes some. Its steps are timed
inside of one Java program, without a start of Braid: taking the user's tree as it is, making the
worktree, making a commit of the work, merging it with that of another task, and bringing both into
the user's tree. Git and Braid take turns; each ratio is that of one round.
"""

import random

from measuring import HOME, Row, Table, call, java, ratios, spread

TITLE = "Worktrees"
SEED = 1
BAR = 2.0

FOLDERS = 20
CHANGED = 50
UNTRACKED = 20

STEPS = {
    "snapshot": "take the user's tree as it is",
    "worktree": "make the worktree",
    "commit": "make a commit of the work",
    "merge": "merge it with that of another task",
    "delivery": "bring both into the user's tree",
}


def git(top, *arguments):
    call(["git", "-C", top, *arguments])


def text(chance):
    """1 to 8 KB of lines that are no two times the same."""
    size = chance.randrange(1024, 8 * 1024)
    lines = (f"value_{chance.getrandbits(64):x} = {chance.getrandbits(32)}\n" for _ in range(300))
    return "".join(lines)[:size] + "\n"


def name(number):
    folder = f"part{number % FOLDERS:02}/src/main/a{number // FOLDERS % 5}/b{number // 100 % 10}"
    return f"{folder}/file{number}.txt"


def generate(top, files):
    chance = random.Random(SEED)
    git(HOME, "init", "-q", "-b", "main", str(top))
    for setting in ("user.name=Ann", "user.email=ann@example.org", "gc.auto=0"):
        git(top, "config", *setting.split("="))
    for number in range(files):
        file = top / name(number)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text(chance))
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "Begin")
    git(top, "gc", "-q")
    for number in chance.sample(range(files), CHANGED):
        with (top / name(number)).open("a") as file:
            file.write("not committed\n")
    for number in range(UNTRACKED):
        (top / f"untracked{number}.txt").write_text(text(chance))


def times_of(folder, files, rounds):
    """Milliseconds of each step, one for each round."""
    generate(folder / "shop", files)
    flags = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    arguments = [folder / "shop", folder / "worktrees", rounds]
    printed = java(flags, "dev.braid.isolate.IsolationCost", *arguments)
    times = {step: [] for step in ("git", *STEPS)}
    for line in printed.splitlines():
        _, step, millis = line.split()
        times[step].append(float(millis))
    return times


def measure(quick, folder):
    files, rounds = (5_000, 2) if quick else (20_000, 9)
    times = times_of(folder, files, rounds)
    alone = times.pop("git")
    sums = [sum(steps) for steps in zip(*times.values())]

    def row(what, values):
        return [what, spread(values, 0), spread(ratios(values, alone))]

    table = Table(
        [f"{files:,} files, {rounds} rounds", "ms, median (from-to)", "of git worktree add"],
        [
            ["git worktree add --detach", spread(alone, 0), "1"],
            *[row(f"{step}: {STEPS[step]}", values) for step, values in times.items()],
            row("all of Braid's steps", sums),
        ],
    )
    return [table], [
        Row("a task's worktree, all steps / git worktree add", ratios(sums, alone), BAR,
            f"git worktree add {spread(alone, 0)} ms")
    ]
