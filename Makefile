# The two commands of the README are `make run` and `make test`; each does all its own set-up.
HOST ?= 127.0.0.1
PORT ?= 8000
ROOM ?=
PYTHON ?= python3
UV_VERSION := 0.13.9
PY := .venv/bin/python
# Where it is set, every process of the tests would compile every module anew: half a minute each.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-postgresql check bench lock fmt setup setup-run setup-test

run: setup-run
	@$(PY) scripts/serve.py --host $(HOST) --port $(PORT) --room "$(ROOM)"

test: setup-test
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

test-postgresql: setup-test
	@$(PY) scripts/with_postgresql.py $(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

check: setup-test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	.venv/bin/lint-imports
	$(PY) manage.py check --fail-level WARNING
	$(PY) manage.py makemigrations --check --dry-run

bench: setup-test
	@$(PY) -m tests.benchmarks

fmt: setup
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

# Names, versions and hashes only: no registry address may enter a lock file.
lock: .tools/.uv-$(UV_VERSION)
	.tools/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --custom-compile-command "make lock" --group dev --extra postgresql --extra redis pyproject.toml -o requirements.lock
	$(PY) scripts/npm.py install --package-lock-only --ignore-scripts
	$(PY) scripts/strip_lock_urls.py

setup: .venv/.synced node_modules/.installed .env

setup-run:
	@scripts/system-packages run
	@$(MAKE) --no-print-directory setup

setup-test:
	@scripts/system-packages test
	@$(MAKE) --no-print-directory setup

.tools/.uv-$(UV_VERSION):
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/.synced: requirements.lock .tools/.uv-$(UV_VERSION)
	[ -x $(PY) ] || .tools/bin/uv venv -q --python $(PYTHON) .venv
	.tools/bin/uv pip sync -q --compile-bytecode --require-hashes -p .venv requirements.lock
	@touch $@

node_modules/.installed: package-lock.json .venv/.synced
	$(PY) scripts/npm.py ci --ignore-scripts --silent
	@touch $@

# A checkout set up by make is somebody's own machine: development settings, never committed.
.env:
	@printf 'DEBUG=true\n' > $@
