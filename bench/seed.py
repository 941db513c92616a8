"""The algorithms of the policy that Braid comes from, written anew: what Braid is compared with.

Tasks are put into groups by a greedy pass over a depth-first order; the groups run one after
another, each as a whole; a task that fails is tried again in its place, after a pause.
"""

import concurrent.futures
import time

ATTEMPTS = 3


def depth_first(tasks):
    """Each task after those that it waits for, as the policy's recursion visits them."""
    by_id = {task["id"]: task for task in tasks}
    visited, result = set(), []
    for task in tasks:
        path = [(task, None)]
        while path:
            current, rest = path.pop()
            if rest is None:
                if current["id"] in visited:
                    continue
                visited.add(current["id"])
                rest = iter(current.get("blockedBy", []))
            for blocker in rest:
                if blocker not in visited:
                    path += [(current, rest), (by_id[blocker], None)]
                    break
            else:
                result.append(current)
    return result


def groups(tasks):
    """Groups of tasks, each to be run when all of the group before are done."""
    found, group, done = [], [], set()
    for task in depth_first(tasks):
        blockers = set(task.get("blockedBy", []))
        if blockers <= done and not blockers & {other["id"] for other in group}:
            group.append(task)
            continue
        if group:
            found.append(group)
            done |= {other["id"] for other in group}
        group = [task]
    return [*found, group] if group else found


def run(found, slots, execute):
    """Runs groups one after another; returns the seconds it took and the tasks that failed.

    A group is not limited in the policy; here it has the slots that Braid has.

    execute takes a task and the number of the attempt, and says whether it succeeded.
    """
    begin = time.monotonic()
    failed = []
    with concurrent.futures.ThreadPoolExecutor(slots) as pool:
        for group in found:
            ended = list(pool.map(lambda task: attempts(task, execute), group))
            failed += [task for task, good in zip(group, ended) if not good]
    return time.monotonic() - begin, failed


def attempts(task, execute):
    for attempt in range(1, ATTEMPTS + 1):
        if execute(task, attempt):
            return True
        time.sleep(2**attempt)
    return False
