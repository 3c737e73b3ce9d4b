"""Runs a command and prints what it cost as JSON: measure_tree.py <command> [argument]...

Processor time is exact for the whole process tree: this process becomes the reaper of every descendant (a browser's helpers
outlive their parent), waits for all of them and asks the kernel for the sum. Memory is the largest sum of proportional set
sizes, looked at ten times a second; looking costs this process, which is not counted.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
import threading
import time

PR_SET_CHILD_SUBREAPER = 36
SAMPLE_S = 0.1


def descendants(root):
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    parent = int(file.read().rsplit(") ", 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(name))
    found, open_ = [], list(children.get(root, []))
    while open_:
        pid = open_.pop()
        found.append(pid)
        open_.extend(children.get(pid, []))
    return found


def memory_kb(pid):
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            return next((int(line.split()[1]) for line in file if line.startswith("Pss:")), 0)
    except OSError:
        return 0


def main():
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    peak = 0
    ended = threading.Event()

    def watch():
        nonlocal peak
        while not ended.wait(SAMPLE_S):
            peak = max(peak, sum(memory_kb(pid) for pid in descendants(os.getpid())))

    started = time.monotonic()
    child = subprocess.Popen(sys.argv[1:], stdin=sys.stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    code = child.wait()
    wall = time.monotonic() - started
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    ended.set()
    watcher.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {"exitCode": code, "wallMs": wall * 1000, "cpuMs": (used.ru_utime + used.ru_stime) * 1000, "peakBytes": peak * 1024}
    print(json.dumps(cost))


main()
