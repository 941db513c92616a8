"""Who uses the daemon of bench/soak: people with commands, sessions of Claude Code, pages."""

import collections
import contextlib
import http.client
import json
import os
import shutil
import subprocess
import threading
import time
import uuid

from measuring import BRAID, HOME, write_tasks

PATIENCE_S = 180

# Between two visits, on average; together a third of a core at most, most of it the starts of JVMs.
COMMANDS_S = 3
LARGE_RUNS_S = 180
SESSIONS_S = 12
PAGES_S = 8
EVENTS_S = 1
STATUS_LINES_S = 5
GC_S = 20

LARGE_RUN_TASKS = 500

PAGE_OPEN_S = 6

CONFIG = {
    "keep_runs_max_mb": 1,
    "keep_worktrees_max_mb": 1,
    "keep_worktrees_days": 1,
    "trust_list_metadata": True,
    "min_free_memory_mb": 0,
    "ramp_seconds": 0,
    "notify": "none",
}

FAKE_CLAUDE = """#!/bin/sh
for each in "$@"; do
  case $each in --session-id=* | --resume=*) session=${each#*=} ;; esac
done
cat >/dev/null
case $BRAID_TASK_ID in w3) echo "$session" >"$BRAID_TASK_ID.txt" ;; esac
printf '{"type":"system","subtype":"init","session_id":"%s","claude_code_version":"2.1.330"}\\n' "$session"
sleep 0.5
printf '{"type":"result","subtype":"success","is_error":false,"terminal_reason":"completed",'
printf '"session_id":"%s","total_cost_usd":0.01,"num_turns":1,"permission_denials":[],"result":"",' "$session"
printf '"structured_output":{"outcome":"done","summary":"out of %s"}}\\n' "$BRAID_TASK_ID"
"""


class Guests:
    """All of them: each has a thread, and whatever each starts is ended at the end."""

    def __init__(self, folder, chance):
        self.folder, self.root, self.chance = folder, folder / "root", chance
        self.work = folder / "work"
        self.work.mkdir()
        self.stopped = threading.Event()
        self.counts = collections.Counter()
        self.complaints = []
        self.programs = set()
        self.threads = []
        self.lock = threading.Lock()
        names = ("CLAUDE", "BRAID", "GIT_")
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(names)
        }
        self.environment["CLAUDE_CONFIG_DIR"] = str(self.root)
        self.environment["XDG_CACHE_HOME"] = str(folder / "cache")
        self.prepare()

    def prepare(self):
        claude = self.folder / "claude"
        claude.write_text(FAKE_CLAUDE)
        claude.chmod(0o700)
        config = self.root / "memory" / "config"
        config.mkdir(parents=True)
        (config / "parallel-execution-config.json").write_text(
            json.dumps({**CONFIG, "claude_command": str(claude)})
        )
        git = ["git", "-c", "user.name=soak", "-c", "user.email=soak@localhost", "-C", self.work]
        subprocess.run([*git, "init", "-q"], check=True)
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "begin"], check=True)

    def open(self, sessions, pages):
        commands = Commands(self)
        for mean, visit in (
            (COMMANDS_S, commands.visit),
            (LARGE_RUNS_S, commands.large),
            (GC_S, lambda: self.braid("gc")),
            (STATUS_LINES_S, lambda: self.run([str(HOME / "hooks" / "statusline")])),
            (SESSIONS_S, sessions.visit),
            (EVENTS_S, sessions.event),
            (PAGES_S, pages.visit),
        ):
            thread = threading.Thread(target=self.keep_coming, args=(mean, visit), daemon=True)
            self.threads.append(thread)
            thread.start()

    def keep_coming(self, mean, visit):
        while not self.stopped.wait(self.chance.uniform(0.5, 1.5) * mean):
            try:
                visit()
            except Exception as wrong:  # noqa: BLE001 - whatever it is, the soak tells it
                if not self.stopped.is_set():
                    self.complain(f"{type(wrong).__name__}: {wrong}")

    def complain(self, text):
        line = f"{time.strftime('%H:%M:%S')} {text[:500]}"
        print(f"WRONG: {line}", flush=True)
        with self.lock:
            self.complaints.append(line)

    def count(self, what):
        with self.lock:
            self.counts[what] += 1

    def summary(self):
        with self.lock:
            told = ", ".join(f"{count} {what}" for what, count in sorted(self.counts.items()))
            return f"{told or 'nothing'}, {len(self.complaints)} wrong"

    def run(self, command, good=(0,), text=None, **variables):
        """Runs a program; what it prints. Another exit code than a good one is complained about."""
        program = subprocess.Popen(
            command,
            cwd=self.work,
            env={**self.environment, **variables},
            stdin=subprocess.PIPE if text is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with self.lock:
            self.programs.add(program)
        try:
            out, err = program.communicate(text, timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            program.kill()
            out, err = program.communicate()
        finally:
            with self.lock:
                self.programs.discard(program)
        if program.returncode not in good and not self.stopped.is_set():
            self.complain(f"{' '.join(command)}: exit {program.returncode}: {err}{out[:200]}")
        return out

    def braid(self, *arguments, good=(0,)):
        self.count("commands")
        return self.run([str(BRAID), *arguments], good)

    def close(self):
        """Lets nobody come again; who is there ends, and is ended when it does not."""
        self.stopped.set()
        deadline = time.monotonic() + PATIENCE_S
        for thread in self.threads:
            thread.join(max(0, deadline - time.monotonic()))
        with self.lock:
            for program in self.programs:
                program.kill()


class Commands:
    """Somebody at a terminal."""

    def __init__(self, guests):
        self.guests, self.chance = guests, guests.chance
        self.kinds = [self.simple] * 4 + [self.failing, self.cancelled, self.workers, self.look]

    def visit(self):
        self.chance.choice(self.kinds)()

    def tasks(self, name, tasks):
        self.guests.count("runs")
        return str(write_tasks(self.guests.folder / f"{name}.json", tasks))

    def simple(self):
        lines = ("true", "sleep 0.2", "head -c 50000 /dev/zero | tr '\\0' x", "echo done")
        tasks = [
            {"id": f"t{i}", "type": "general", "command": self.chance.choice(lines)}
            for i in range(1, self.chance.randint(3, 8))
        ]
        for task in tasks[2:]:
            task["blockedBy"] = [self.chance.choice(tasks[:2])["id"]]
        self.guests.braid("run", "--json", "--force", self.tasks("simple", tasks))

    def large(self):
        tasks = [
            {"id": f"l{i}", "type": "general", "command": "true"} for i in range(LARGE_RUN_TASKS)
        ]
        self.guests.braid("run", "--json", "--force", self.tasks("large", tasks))

    def failing(self):
        """Fails at first, and is tried again."""
        flag = self.guests.folder / "flag"
        flag.unlink(missing_ok=True)
        tasks = [
            {"id": "f1", "command": f"test -e {flag}"},
            {"id": "f2", "command": "true"},
            {"id": "f3", "command": "true", "blockedBy": ["f1"]},
        ]
        printed = self.guests.braid(
            "run", "--json", "--force", self.tasks("failing", tasks), good=(1,)
        )
        flag.touch()
        self.guests.braid("retry", "--json", json.loads(printed)["run_id"])

    def cancelled(self):
        tasks = [{"id": f"c{i}", "command": "sleep 300"} for i in range(1, 4)]
        file = self.tasks("cancelled", tasks)
        run = self.guests.braid("run", "--force", "--detach", file).strip()
        self.guests.braid("cancel", run)
        self.guests.braid("wait", "--json", run, good=(1,))

    def workers(self):
        tasks = [
            {"id": "w1", "type": "search", "prompt": "Find it."},
            {"id": "w2", "type": "search", "prompt": "Find it too."},
            {"id": "w3", "type": "general", "prompt": "Write it down."},
            {"id": "w4", "type": "general", "prompt": "Think."},
        ]
        self.guests.braid("run", "--json", "--force", self.tasks("workers", tasks))

    def look(self):
        self.guests.braid(*self.chance.choice((["status"], ["status", "--json"], ["runs"])))


class Sessions:
    """Sessions of Claude Code: their hooks, and the lists that they make."""

    def __init__(self, daemon, folder, guests):
        self.daemon, self.guests = daemon, guests
        self.lists = folder / "root" / "tasks"

    def send(self, fixture, session, **members):
        event = json.loads((HOME / "src/test/resources/hooks" / fixture).read_text())
        for name, value in {"session_id": session, "cwd": str(self.guests.work), **members}.items():
            if isinstance(value, dict):
                event[name] = {**event.get(name, {}), **value}
            else:
                event[name] = value
        self.guests.count("hooks")
        door = http.client.HTTPConnection(
            "127.0.0.1", self.daemon.endpoint["port"], timeout=PATIENCE_S
        )
        with contextlib.closing(door):
            headers = {
                "Content-Type": "application/json", "X-Braid-Token": self.daemon.hook_token,
            }
            door.request("POST", "/hooks/event", json.dumps(event), headers)
            answer = door.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise AssertionError(f"{fixture}: {answer.status} {body[:200]}")
            return json.loads(body) if body.strip() else {}

    def event(self):
        """A session that Braid has nothing to do with."""
        fixture = self.guests.chance.choice(
            ("PostToolUse.Skill.json", "UserPromptSubmit.user.json", "SubagentStart.json",
             "SubagentStop.json", "PostToolUse.Agent.completed.json")
        )
        self.send(fixture, "5e551011-0000-4000-8000-000000000001")

    def visit(self):
        """A whole one: tasks, the first move, rest, the result, the end."""
        session = str(uuid.UUID(int=self.guests.chance.getrandbits(128), version=4))
        variables = {
            "CLAUDE_CODE_SESSION_ID": session,
            "CLAUDE_PID": str(os.getpid()),
            "BRAID_PROGRAM": "/bin/false",
        }
        hooks = HOME / "hooks"
        source = json.dumps({"source": "startup"})
        self.guests.run([str(hooks / "session-start")], text=source, **variables)
        folder = self.lists / session
        folder.mkdir(parents=True)
        for number in range(1, 5):
            self.write(folder, number, status="pending")
            self.send("PostToolUse.TaskCreate.json", session,
                      tool_response={"task": {"id": str(number)}}, tool_use_id=f"toolu_{number}")
        move = {"taskId": "1", "status": "in_progress"}
        answer = self.send("PreToolUse.TaskUpdate.in_progress.json", session, tool_input=move,
                           permission_mode="auto", tool_use_id="toolu_move")
        asked = answer.get("hookSpecificOutput", {}).get("updatedInput", {})
        if asked.get("owner") != "braid":
            self.guests.complain(f"the gate took nothing: {answer}")
        self.write(folder, 1, status="in_progress", owner="braid")
        self.send("PostToolUse.TaskUpdate.other.json", session, tool_input=move,
                  tool_use_id="toolu_move")
        self.guests.count("sessions")
        self.guests.count("runs")
        self.rest(hooks, session, variables)
        self.send("SessionEnd.clear.json", session)
        shutil.rmtree(folder)

    def write(self, folder, number, **members):
        task = {
            "id": str(number), "subject": f"Part {number}", "description": "Do it.",
            "blocks": [], "blockedBy": [],
            "metadata": {"braid": "parallel", "type": "general", "command": "sleep 0.3; echo out"},
            **members,
        }
        (folder / f".{number}.new").write_text(json.dumps(task))
        (folder / f".{number}.new").rename(folder / f"{number}.json")

    def rest(self, hooks, session, variables):
        """The hook of Stop waits for the run, and wakes the session with its result."""
        folder = self.guests.root / "memory" / "run" / "braid" / "sessions" / session
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and not self.guests.stopped.is_set():
            self.guests.run([str(hooks / "stop")], (0, 2), text="{}", **variables)
            if not any(folder.glob("*.active")) and not any(folder.glob("*.ready")):
                return
            time.sleep(0.2)


class Pages:
    """A browser with the dashboard, opened, looked at, closed."""

    def __init__(self, daemon, guests):
        self.daemon, self.guests = daemon, guests

    def ask(self, door, method, path, token=None, body=None):
        headers = {"Content-Type": "application/json"}
        if token:
            headers["X-Braid-Token"] = token
        door.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = door.getresponse()
        text = answer.read()
        # A run that gc removed meanwhile is not there any more.
        if answer.status not in (200, 404):
            raise AssertionError(f"{path}: {answer.status} {text[:200]}")
        return json.loads(text) if answer.status == 200 else {}

    def visit(self):
        self.guests.count("pages")
        door = http.client.HTTPConnection(
            "127.0.0.1", self.daemon.endpoint["port"], timeout=PATIENCE_S
        )
        with contextlib.closing(door):
            code = self.ask(door, "POST", "/dashboard/link", self.daemon.endpoint["token"], {})
            token = self.ask(door, "POST", "/dashboard/enter", None, code)["token"]
            runs = self.ask(door, "GET", "/view/overview", token)["runs"]
            for part in ("resources", "stats", "hooks"):
                self.ask(door, "GET", f"/view/{part}", token)
            chosen = self.guests.chance.choice(runs)["run_id"] if runs else ""
            run = self.ask(door, "GET", f"/view/runs/{chosen}", token) if chosen else {}
            for task in run.get("tasks", [])[:3]:
                self.ask(door, "GET", f"/view/runs/{chosen}/tasks/{task['id']}", token)
            self.listen(door, token, chosen)

    def listen(self, door, token, run):
        """As long as a page is open; it goes without a word."""
        until = time.monotonic() + self.guests.chance.uniform(0, 2) * PAGE_OPEN_S
        query = f"?run={run}" if run else ""
        door.request("GET", f"/view/events{query}", headers={"X-Braid-Token": token})
        answer = door.getresponse()
        if answer.status != 200:
            raise AssertionError(f"/view/events: {answer.status}")
        while time.monotonic() < until and not self.guests.stopped.is_set():
            if not answer.readline():
                return
