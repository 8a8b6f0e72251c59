# Everything one does with the project. Two commands are enough for a start: make run, make test.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.DEFAULT_GOAL := help
.PHONY: help setup run test test-core check format bench tour soak lock clean

help:  ## shows this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup: $(READY)  ## creates .venv with the locked dependencies; quick when nothing changed
	@$(PYTHON) tools/system_libraries.py
	@$(BIN)/python -m compileall -q pos  # here, not while a cashier waits for the window

$(READY): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Python 3.11 or newer is needed, but $(PYTHON) is $$($(PYTHON) --version 2>&1)." \
	         "Name another with: make $(or $(MAKECMDGOALS),setup) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) tools/system_libraries.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	    --requirement requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
	    --no-build-isolation --editable .
	@touch $@

run: setup  ## opens the till on the demo shop; sells off screen where there is no display
	@$(PYTHON) tools/system_libraries.py --window
	$(BIN)/pos demo --data var/demo

test: setup  ## every test, off screen
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto --maxprocesses 4

test-core: setup  ## the core's tests with every import of PySide6 refused
	$(BIN)/python -m pytest -p no:pytest-qt --without-qt

check: setup  ## format, lint, types, import contracts, house rules
	@failed=; for step in "ruff format --check --quiet" "ruff check" mypy lint-imports \
	    "pytest -q tests/architecture"; do \
	    echo "== $$step"; $(BIN)/$$step || failed="$$failed, $$step"; \
	done; [ -z "$$failed" ] || { echo "Not clean: $${failed#, }" >&2; exit 1; }

format: setup  ## brings every file into shape
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: setup  ## the measurements: a table, and build/bench.json
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench

tour: setup  ## screenshots of every screen and receipt pictures into build/tour/
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.tour

soak: setup  ## ends the till at random points, 300 times, and checks its books after each
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.soak --runs 300

lock:  ## looks for newer dependencies and writes the lock files anew
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	    --requirement requirements/lock.txt
	tools/lock.sh build/lock/bin/uv

clean:  ## removes what the other targets made, but no data folder
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
