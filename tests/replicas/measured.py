"""What the scripts of this folder share: processes that end with the script, clients that count, and figures."""

import atexit
import http.client
import json
import multiprocessing
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
# Postcodes of all parts of the country.
POSTCODES = [1011, 1506, 2011, 2511, 3011, 3511, 4331, 4811, 5211, 5611, 6211, 6511, 7411, 7511, 8011, 8911, 9401, 9711]


def program(name):
    """A program that cargo built, release unless NABIJ_PROFILE says debug."""
    profile = os.environ.get("NABIJ_PROFILE", "release")
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
    path = os.path.join(target, profile, name)
    if not os.path.exists(path):
        raise SystemExit(f"{path} is not there; the make target builds it")
    return path


def scratch():
    """A folder that is gone when the script ends."""
    folder = tempfile.mkdtemp(prefix="nabij-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def start(arguments, log, **settings):
    """A process that ends with the script."""
    process = subprocess.Popen(arguments, stdout=log, stderr=subprocess.STDOUT, **settings)
    atexit.register(process.kill)
    return process


def wait_for(what, holds, patience=60):
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > patience:
            raise SystemExit(f"still not so after {patience} s: {what}")
        time.sleep(0.02)
    return time.monotonic() - began


def ask(port, path, patience=10):
    """Status and body; an OSError or HTTPException if there is no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def total(port):
    """How many offerings are served; none if there is no answer."""
    try:
        status, body = ask(port, "/v1/offerings?bbox=3,50,8,54&limit=0")
        return json.loads(body)["total"] if status == 200 else None
    except (OSError, http.client.HTTPException):
        return None


def client(port, pause, retries, seed, stop, results):
    """Asks over a connection that is kept, each time after a pause, and notes when and how long. What fails is asked
    again, so often and over a new connection, as browsers do."""
    dice = random.Random(seed)
    connection = None
    times, failures, retried = [], [], 0
    while not stop.is_set():
        path = f"/v1/offerings?postcode={dice.choice(POSTCODES)}&facets=kind&limit=20"
        began = time.monotonic()
        for attempt in range(retries + 1):
            try:
                if connection is None:
                    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
                connection.request("GET", path)
                answer = connection.getresponse()
                body = answer.read()
                if answer.status == 200 and body.endswith(b"}"):
                    break
                failure = f"{path}: {answer.status}"
            except (OSError, http.client.HTTPException) as error:
                failure, connection = f"{path}: {error!r}", None
            if attempt < retries:
                retried += 1
            else:
                failures.append((began, failure))
        times.append((began, time.monotonic() - began))
        time.sleep(pause * dice.random() * 2)
    results.put((times, failures, retried))


class Load:
    """Clients at work, each a process: they do not wait for each other."""

    def __init__(self, port, clients=4, pause=0.004, retries=0):
        self.stop, self.results = multiprocessing.Event(), multiprocessing.Queue()
        self.retried = 0
        self.clients = [
            multiprocessing.Process(target=client, args=(port, pause, retries, seed, self.stop, self.results), daemon=True)
            for seed in range(clients)
        ]
        for process in self.clients:
            process.start()

    def finish(self):
        """All times (when it began, how long, in seconds) and all failures."""
        self.stop.set()
        times, failures = [], []
        for _ in self.clients:
            of_one, failed, retried = self.results.get(timeout=60)
            times += of_one
            failures += failed
            self.retried += retried
        for process in self.clients:
            process.join()
        return times, failures


class Stolen:
    """When the host of this virtual machine had its processors for others: what was asked then waited for no server."""

    def __init__(self):
        self.times, self.ended = [], threading.Event()
        self.watch = threading.Thread(target=self._watch, daemon=True)
        self.watch.start()

    def _watch(self):
        before, seen = time.monotonic(), self._ticks()
        while not self.ended.wait(0.01):
            now, ticks = time.monotonic(), self._ticks()
            if ticks > seen:
                # It is counted in hundredths of a second, and afterwards.
                self.times.append((min(before, now - (ticks - seen) / 100) - 0.01, now))
            before, seen = now, ticks

    @staticmethod
    def _ticks():
        with open("/proc/stat") as file:
            return int(file.readline().split()[8])

    def without(self, times):
        """Ends the watch, and gives the times of requests during which nothing was taken."""
        self.ended.set()
        self.watch.join()
        return [(began, took) for began, took in times if not any(a <= began + took and began <= b for a, b in self.times)]


def quantile(values, share):
    values = sorted(values)
    return values[min(int(len(values) * share), len(values) - 1)] if values else float("nan")


def milliseconds(seconds):
    return f"{seconds * 1000:.1f} ms"


def split(times, moments, before=0.0, after=1.0):
    """Times of requests that began near one of the moments, and the others."""
    near, far = [], []
    for began, took in times:
        is_near = any(moment - before <= began + took and began <= moment + after for moment in moments)
        (near if is_near else far).append(took)
    return near, far


def stop(process, how=signal.SIGTERM):
    process.send_signal(how)
    process.wait()
