# SPDX-License-Identifier: Apache-2.0
"""PyHive and impyla against a running gateway: connect, list, read every type and its NULL, a million
rows, cancel, an error.

    python -m venv env && env/bin/pip install -r requirements.txt
    env/bin/python clients.py --port 10009 [--host 127.0.0.1] [--user me] [--password secret] [--nosasl]

Prints a line for each check and exits with the number of those that failed.
"""
import argparse
import datetime
import decimal
import sys
import time

ONE = "SELECT 1 AS one"
EVERY_TYPE = """
SELECT true AS b, CAST(1 AS TINYINT) AS t, CAST(2 AS SMALLINT) AS s, 3 AS i, CAST(4 AS BIGINT) AS l,
  CAST(1.5 AS FLOAT) AS f, CAST(2.5 AS DOUBLE) AS d, CAST(12.34 AS DECIMAL(10,2)) AS n, 'żółw' AS c,
  CAST('ab' AS BINARY) AS x, DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 12:34:56.123456' AS ts
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL"""
MILLION = "SELECT id, concat('row ', id) AS s FROM range(1000000)"
ENDLESS = "SELECT count(*) AS n FROM range(1000000000) a CROSS JOIN range(1000000000) b WHERE a.id + b.id = 7"
WRONG = "SELEC 1"

ROW = (
    True, 1, 2, 3, 4, 1.5, 2.5, decimal.Decimal("12.34"), "żółw", b"ab",
    datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 12, 34, 56, 123456),
)


def same_day(row):
    """PyHive leaves dates as text."""
    return tuple(
        datetime.date.fromisoformat(value) if i == 10 and isinstance(value, str) else value
        for i, value in enumerate(row)
    )


class Checks:
    """Runs checks side by side with their names, and counts failures."""

    def __init__(self, client):
        self.client = client
        self.failed = 0

    def run(self, name, check):
        start = time.time()
        try:
            said = check()
        except Exception as error:  # whatever a client raises is this check's failure
            self.failed += 1
            print(f"{self.client:8} {name:12} FAILED  {type(error).__name__}: {error}")
        else:
            print(f"{self.client:8} {name:12} ok  {time.time() - start:6.2f} s  {said or ''}")


def expect(condition, said):
    if not condition:
        raise AssertionError(said)
    return said


def read_all(cursor, size=10000):
    count = 0
    last = None
    while True:
        rows = cursor.fetchmany(size)
        if not rows:
            return count, last
        count += len(rows)
        last = rows[-1]


def common(checks, cursor):
    """What every DB-API client does alike."""

    def select_one():
        cursor.execute(ONE)
        return expect(cursor.fetchall() == [(1,)], "one row")

    def labels():
        cursor.execute(ONE)
        expect(cursor.description[0][0] == "one", cursor.description)
        cursor.fetchall()

    def every_type():
        cursor.execute(EVERY_TYPE)
        rows = cursor.fetchall()
        value = [row for row in rows if row[0] is not None]
        expect(len(rows) == 2 and len(value) == 1, rows)
        expect(same_day(value[0]) == ROW, value[0])
        null = [row for row in rows if row[0] is None]
        expect(null == [(None,) * len(ROW)], null)

    def million():
        cursor.execute(MILLION)
        count, last = read_all(cursor)
        return expect(count == 1_000_000, f"{count} rows, the last {last}")

    def error():
        try:
            cursor.execute(WRONG)
            cursor.fetchall()
        except Exception as failure:
            text = str(failure)
            expect("42601" in text or "PARSE" in text, text)
            expect("at io.kitsune" not in text, "a stack trace reached the user")
            return text.split("errorMessage=")[-1][:70].replace("\n", " ")
        raise AssertionError("it was accepted")

    def goes_on():
        cursor.execute(ONE)
        return expect(cursor.fetchall() == [(1,)], "after the error")

    def lists():
        cursor.execute("SHOW DATABASES")
        databases = [row[0] for row in cursor.fetchall()]
        expect("default" in databases, databases)
        cursor.execute("SHOW TABLES IN default")
        tables = [row[1] for row in cursor.fetchall()]
        if tables:
            cursor.execute(f"DESCRIBE default.`{tables[0]}`")
            expect(cursor.fetchall(), "a table has columns")
        return f"{len(databases)} databases, {len(tables)} tables in default"

    checks.run("select 1", select_one)
    checks.run("labels", labels)
    checks.run("types", every_type)
    checks.run("1M rows", million)
    checks.run("error", error)
    checks.run("goes on", goes_on)
    checks.run("lists", lists)


def pyhive(options):
    from pyhive import hive
    from TCLIService.ttypes import TOperationState

    checks = Checks("PyHive")
    connection = hive.connect(
        options.host,
        options.port,
        username=options.user,
        password=options.password,
        auth="NOSASL" if options.nosasl else "CUSTOM" if options.password else "NONE",
        database="default",
    )
    cursor = connection.cursor()
    common(checks, cursor)

    def cancel():
        cursor.execute(ENDLESS, async_=True)
        expect(cursor.poll().operationState in (TOperationState.RUNNING_STATE, TOperationState.PENDING_STATE), "it runs")
        log = cursor.fetch_logs()
        expect(log and log[0].startswith("route: "), log)
        cursor.cancel()
        expect(cursor.poll().operationState == TOperationState.CANCELED_STATE, "cancelled")
        return log[0]

    checks.run("cancel", cancel)
    cursor.close()
    connection.close()
    return checks.failed


def impyla(options):
    from impala.dbapi import connect

    checks = Checks("impyla")
    connection = connect(
        options.host,
        options.port,
        user=options.user,
        password=options.password or "none",
        auth_mechanism="NOSASL" if options.nosasl else "PLAIN",
    )
    cursor = connection.cursor()
    common(checks, cursor)

    def metadata():
        cursor.get_databases()
        databases = [row[0] for row in cursor.fetchall()]
        expect("default" in databases, databases)
        cursor.get_tables(database_name="default")
        return f"{len(cursor.fetchall())} tables in default"

    def cancel():
        cursor.execute_async(ENDLESS)
        expect(cursor.status() in ("RUNNING_STATE", "PENDING_STATE"), cursor.status())
        cursor.cancel_operation()

    checks.run("metadata", metadata)
    checks.run("cancel", cancel)
    cursor.close()
    connection.close()
    return checks.failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--user", default="python")
    parser.add_argument("--password")
    parser.add_argument("--nosasl", action="store_true")
    options = parser.parse_args()
    return pyhive(options) + impyla(options)


if __name__ == "__main__":
    sys.exit(main())
