# SPDX-License-Identifier: Apache-2.0
"""How long the engines of a running gateway take to start, and the memory of each, idle and busy.

    bin/kitsune server --home /tmp/lake --port 10123
    env/bin/python engines.py --port 10123 --pid <the gateway's process> [--seconds 60] [--clients 2]

Every engine must be cold. Prints seconds, and resident megabytes as /proc has them: after the start of each
engine in its turn, of all idle, and the most of each while clients aggregate an Iceberg table of 1.5 million
rows, which Spark makes, on every engine. Linux only.
"""
import argparse
import pathlib
import threading
import time

from pyhive import hive

ENGINES = ("duckdb", "spark", "trino", "flink")
ONE = "SELECT /*+ ENGINE({}) */ 1"
TABLE = (
    "CREATE TABLE IF NOT EXISTS default.engines_py USING iceberg AS SELECT id % 5 AS priority, "
    "CAST(id % 1000 AS DECIMAL(15,2)) AS price FROM range(1500000)"
)
BUSY = (
    "SELECT /*+ ENGINE({}) */ priority, count(*) AS n, sum(price) AS total "
    "FROM default.engines_py GROUP BY priority"
)


def ask(options, sql):
    connection = hive.connect(options.host, options.port, username="engines")
    try:
        cursor = connection.cursor()
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def timed(options, sql):
    start = time.monotonic()
    ask(options, sql)
    return time.monotonic() - start


def children(pid):
    """Processes by what they are: the folder that their arguments' file lies in, spark for example."""
    found = {"gateway": pid}
    for thread in pathlib.Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text().split():
            words = pathlib.Path(f"/proc/{child}/cmdline").read_text().split("\0")
            folder = [pathlib.Path(word[1:]) for word in words if word.startswith("@")]
            if folder:
                found[folder[0].parent.parent.name] = int(child)
    return found


def megabytes(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0


def sizes(options):
    return {name: megabytes(pid) for name, pid in children(options.pid).items()}


def busy(options):
    """The most that each process had while all engines ran, and the statements that ended on each."""
    ended = dict.fromkeys(ENGINES, 0)
    until = time.monotonic() + options.seconds

    def run(engine):
        while time.monotonic() < until:
            ask(options, BUSY.format(engine))
            ended[engine] += 1

    threads = [
        threading.Thread(target=run, args=(engine,))
        for engine in ENGINES
        for _ in range(options.clients)
    ]
    for thread in threads:
        thread.start()
    most = {}
    while any(thread.is_alive() for thread in threads):
        for name, size in sizes(options).items():
            most[name] = max(size, most.get(name, 0))
        time.sleep(0.5)
    return most, ended


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=10009)
    parser.add_argument("--pid", type=int, required=True, help="the gateway's process")
    parser.add_argument("--seconds", type=int, default=60, help="how long all are kept busy")
    parser.add_argument("--clients", type=int, default=2, help="clients of each engine")
    options = parser.parse_args()
    print(f"before: {sizes(options)}")
    for engine in ENGINES:
        first = timed(options, ONE.format(engine))
        again = min(timed(options, ONE.format(engine)) for _ in range(5))
        print(f"{engine:8} first statement {first:6.2f} s, the quickest of five more {again:6.3f} s, {sizes(options)}")
    ask(options, TABLE)
    first = {engine: timed(options, BUSY.format(engine)) for engine in ENGINES}
    print("the aggregate, first time: " + ", ".join(f"{engine} {took:.2f} s" for engine, took in first.items()))
    print(f"idle: {sizes(options)}")
    most, ended = busy(options)
    print(f"busy, the most: {most}, together {sum(most.values())} MB; statements: {ended}")
    print(f"idle again: {sizes(options)}")


if __name__ == "__main__":
    main()
