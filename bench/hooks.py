"""Measures what Braid's hooks cost a session of Claude Code.

Inside the daemon: events are sent over one connection, as Claude Code does, and timed as the sender
sees them; so are changes in a list, until it is analysed. As the real CLI feels it: a session with
the hooks and one without, in turns, against a stand-in for the API that answers at once; a step goes
from one request of the session to the next. The hook of Stop is timed beside the smallest shell,
and the script of the status line while the daemon lives, is frozen, and is gone.
"""

import http.client
import json
import os
import signal
import statistics
import subprocess
import time

from measuring import HOME, NotMeasured, Row, Table, braid, java, percentile, spread, write_tasks

TITLE = "Hooks"
INSIDE_P50_MS = 1
INSIDE_P99_MS = 10
ANALYSIS_P99_MS = 100
FELT_P50_MS = 10
STOP_MS = 3
NOTHING_MS = 3
STATUS_LINE_MS = 15

SESSION = "5e551011-0000-4000-8000-000000000001"
TASKS = 6
PATIENCE_S = 10


def events(folder):
    common = {"session_id": SESSION, "cwd": str(folder), "permission_mode": "acceptEdits"}
    update = {"tool_name": "TaskUpdate", "tool_use_id": "toolu_1"}
    move = {"taskId": "1", "status": "in_progress"}
    return {
        "PreToolUse, a first move (reads and plans the list)": {
            **common, **update, "hook_event_name": "PreToolUse", "tool_input": move,
        },
        "PreToolUse, another change": {
            **common, **update, "hook_event_name": "PreToolUse",
            "tool_input": {"taskId": "1", "subject": "s"},
        },
        "PostToolUse": {
            **common, **update, "hook_event_name": "PostToolUse", "tool_input": move,
            "tool_response": {"success": True, "taskId": "1", "updatedFields": ["status"]},
        },
        "UserPromptSubmit": {**common, "hook_event_name": "UserPromptSubmit", "prompt": "hello"},
    }


def inside(folder, count):
    """Milliseconds of each kind of event over one connection to a daemon, and of analyses."""
    root = folder / "root"
    tasks = root / "tasks" / SESSION
    tasks.mkdir(parents=True)
    for number in range(1, TASKS + 1):
        task = {"id": str(number), "subject": f"Part {number}", "description": "Do it.",
                "status": "pending", "blocks": [], "blockedBy": []}
        (tasks / f"{number}.json").write_text(json.dumps(task, indent=2))
    braid(root, "daemon", "start")
    try:
        runtime = root / "memory" / "run" / "braid"
        endpoint = json.loads((runtime / "endpoint.json").read_text())
        token = (runtime / "hook-token").read_text().strip()
        headers = {"Content-Type": "application/json", "X-Braid-Token": token}
        door = http.client.HTTPConnection("127.0.0.1", endpoint["port"])
        times = {}
        for kind, event in events(folder).items():
            body = json.dumps(event)
            times[kind] = []
            for i in range(count + count // 4):
                began = time.monotonic()
                door.request("POST", "/hooks/event", body, headers)
                answer = door.getresponse()
                answer.read()
                if answer.status != 200:
                    raise NotMeasured(f"{kind}: {answer.status}")
                if i >= count // 4:
                    times[kind].append(1000 * (time.monotonic() - began))
        control = {"X-Braid-Token": endpoint["token"]}
        return times, analysis(door, control, tasks, count // 10)
    finally:
        braid(root, "daemon", "stop")


def analysis(door, headers, tasks, count):
    """Milliseconds from a change in a list until the daemon has planned it anew."""
    times = []
    extra = json.loads((tasks / "1.json").read_text())
    extra["id"] = str(TASKS + 1)
    for i in range(count):
        wanted = TASKS + 1 - i % 2
        began = time.monotonic()
        if wanted > TASKS:
            (tasks / "extra").write_text(json.dumps(extra))
            (tasks / "extra").rename(tasks / f"{TASKS + 1}.json")
        else:
            (tasks / f"{TASKS + 1}.json").unlink()
        while True:
            door.request("GET", "/status", headers=headers)
            lists = json.loads(door.getresponse().read())["lists"]
            if lists and lists[-1]["tasks"] == wanted:
                break
            if time.monotonic() - began > PATIENCE_S:
                raise NotMeasured(f"a change of {tasks} was not seen in {PATIENCE_S} s")
        times.append(1000 * (time.monotonic() - began))
    return times


def milliseconds(command, environment, out=None):
    began = time.monotonic()
    subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=out, check=True)
    return 1000 * (time.monotonic() - began)


def stop_alone(folder, count):
    """Milliseconds of the hook without a run, and of the smallest shell, in turns."""
    environment = {
        **os.environ, "CLAUDE_CONFIG_DIR": str(folder / "root"), "CLAUDE_CODE_SESSION_ID": SESSION,
    }
    hook, shell = [], []
    for _ in range(count):
        hook.append(milliseconds([str(HOME / "hooks" / "stop")], environment))
        shell.append(milliseconds(["sh", "-c", "true"], environment))
    return hook, shell


def status_line(folder, count):
    """Milliseconds of the script while a run goes on: {how the daemon is: [...]}."""
    root = folder / "line"
    tasks = write_tasks(folder / "tasks.json", [{"id": "a", "command": "sleep 600"}])
    environment = {**os.environ, "CLAUDE_CONFIG_DIR": str(root)}
    braid(root, "daemon", "start")
    run = braid(root, "run", "--force", "--detach", str(tasks))[0].strip()
    pid = json.loads((root / "memory" / "run" / "braid" / "endpoint.json").read_text())["pid"]
    script = [str(HOME / "hooks" / "statusline")]

    def shown():
        return subprocess.run(script, env=environment, capture_output=True, text=True).stdout

    def expect(text):
        deadline = time.monotonic() + PATIENCE_S
        while text not in shown():
            if time.monotonic() > deadline:
                raise NotMeasured(f"the status line does not say {text} but {shown()}")
            time.sleep(0.02)

    def measured():
        return [milliseconds(script, environment, subprocess.DEVNULL) for _ in range(count)]

    times = {}
    try:
        expect("0/1 done")
        times["lives"] = measured()
        os.kill(pid, signal.SIGSTOP)
        expect("0/1 done")
        times["is frozen"] = measured()
        os.kill(pid, signal.SIGKILL)
        expect("daemon stopped")
        times["is gone"] = measured()
    finally:
        braid(root, "daemon", "start")
        braid(root, "cancel", run)
        braid(root, "daemon", "stop")
    return times


def felt(rounds, steps):
    """Milliseconds of steps of real sessions: {(with or without, tool): [...]}."""
    flags = [f"-Dbraid.home={HOME}"]
    printed = java(flags, "dev.braid.session.HookCost", str(rounds), str(steps))
    times = {}
    for line in printed.splitlines():
        how, tool, millis = line.split()
        times.setdefault((how, tool), []).append(float(millis))
    return times


def fifths(figure, values):
    """A figure of each fifth of the values, in the order in which they were measured."""
    size = len(values) // 5
    return [figure(values[i : i + size]) for i in range(0, 5 * size, size)]


def p99(values):
    return percentile(values, 99)


def measure(quick, folder):
    answers, analyses = inside(folder, 400 if quick else 2_000)
    hook, shell = stop_alone(folder, 100 if quick else 400)
    lines = status_line(folder, 100 if quick else 400)
    steps = felt(1 if quick else 5, 20 if quick else 50)

    def slowest(figure, kinds):
        return [max(of) for of in zip(*(fifths(figure, times) for times in kinds.values()))]

    def median_steps(how, tool):
        return fifths(statistics.median, steps[how, tool])

    def more(tool):
        pairs = zip(median_steps("with", tool), median_steps("without", tool))
        return [with_hooks - without for with_hooks, without in pairs]

    kinds = [
        [kind, spread(fifths(statistics.median, times)), spread(fifths(p99, times))]
        for kind, times in answers.items()
    ]
    of_steps = [
        [f"{tool}, {how} hooks", spread(times, 0)] for (how, tool), times in sorted(steps.items())
    ]
    of_stop = [fifths(statistics.median, times) for times in (hook, shell)]
    return [
        Table(["an event, as its sender sees it", "p50 ms", "p99 ms"], kinds),
        Table(["a step of a session of the real CLI", "ms"], of_steps),
        Table(
            ["hooks/statusline, while the daemon", "ms"],
            [[how, spread(times)] for how, times in lines.items()],
        ),
    ], [
        Row("hook, inside the daemon, slowest kind, p50 ms", slowest(statistics.median, answers),
            INSIDE_P50_MS),
        Row("hook, inside the daemon, slowest kind, p99 ms", slowest(p99, answers), INSIDE_P99_MS),
        Row("change in a list until it is analysed, p99 ms", [p99(analyses)], ANALYSIS_P99_MS,
            f"p50 {statistics.median(analyses):.1f}", 1),
        Row("hook as the real CLI feels it, p50 ms", [ms / 2 for ms in more("TaskUpdate")],
            FELT_P50_MS, "a step with a task tool has two hooks", 1),
        Row("step without task tools, p50 ms more", more("Read"), NOTHING_MS,
            f"+0 but for noise; a step {spread(median_steps('without', 'Read'), 0)}", 1),
        Row("hooks/stop without a run, ms above sh -c true",
            [stop - alone for stop, alone in zip(*of_stop)], STOP_MS,
            f"sh -c true {spread(of_stop[1], 1)}", 1),
        Row("hooks/statusline, slowest state of the daemon, p50 ms",
            slowest(statistics.median, lines), STATUS_LINE_MS, digits=1),
    ]
