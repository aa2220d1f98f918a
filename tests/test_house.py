"""The house of the tests: nothing in it depends on how fast a machine is."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent
WAITS = HOUSE / "waiting.py"  # the one place that looks, sleeps and looks again
CLOCKS = {"perf_counter", "perf_counter_ns", "monotonic", "monotonic_ns", "process_time", "thread_time"}
SLEEPS = {"wait_for_timeout"}
LIMITS = {"timeout", "deadline"}  # as numbers: a machine with a load of 13 is not broken


def files():
    return [path for path in HOUSE.rglob("*.py") if path != WAITS and "benchmarks" not in path.parts]


def offences(source):
    """(line, what) of everything in `source` that measures time, sleeps, or waits for a time that was guessed."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            if name in SLEEPS or (name in CLOCKS and isinstance(node.ctx, ast.Load)):
                yield node.lineno, name
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from ((node.lineno, one.name) for one in node.names if one.name in CLOCKS | {"sleep", "time"})
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name == "time.time" or (name.endswith("sleep") and not _is_a_turn(node)):
                yield node.lineno, name
            if name == "asyncio.wait_for" and len(node.args) > 1 and _is_number(node.args[1]):
                yield node.lineno, name
            yield from ((node.lineno, one.arg) for one in node.keywords if one.arg in LIMITS and _is_number(one.value))


def _is_number(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def _is_a_turn(call):
    """`asyncio.sleep(0)` only lets others have their turn."""
    return bool(call.args) and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_test_measures_time_or_waits_for_a_time(path):
    """What must become true is awaited with `tests.waiting`; how fast something is, `make bench` says."""
    assert list(offences(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.sleep(0.1)",
        "from time import sleep",
        "import time\nassert time.perf_counter() - began < 5",
        "import time\nends = time.monotonic() + 5",
        "import time\nassert time.time() - began < 5",
        "page.wait_for_timeout(500)",
        "expect(wall).to_be_visible(timeout=15_000)",
        "subprocess.run(command, timeout=60)",
        "async def wait():\n    await asyncio.sleep(0.05)",
        "asyncio.run(asyncio.wait_for(whole(), 5))",
        "@settings(deadline=200)\ndef test_a():\n    pass",
    ],
)
def test_whoever_does_is_found(source):
    assert list(offences(source))


@pytest.mark.parametrize(
    "source",
    [
        "until(lambda: alive(pid))",
        "subprocess.run(command, timeout=PATIENCE)",
        "async def turn():\n    await asyncio.sleep(0)",
        "@settings(max_examples=20, deadline=None)\ndef test_a():\n    pass",
    ],
)
def test_whoever_waits_for_what_must_come_is_not(source):
    assert not list(offences(source))
