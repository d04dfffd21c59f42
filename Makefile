# Everything runs inside .venv, which each target makes when it is missing or out of date.
PYTHON ?= python3
BIN := .venv/bin
PEERS := .venv-peers
# Where the real data sets of the benchmarks are, and which studies to run: all, when none is named.
DATA ?= ../shared/data
STUDIES ?=

.PHONY: setup demo test lint samples check torture writers mutations kills matrix api-cases peers benchmarks \
	screenshots clean

setup: .venv/.ready

# pip reads the same files on every machine; the stamp makes a second run free. What another Python
# has begun is cleared away.
.venv/.ready: pyproject.toml
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

demo: setup
	$(BIN)/hrreco demo

test: setup
	$(BIN)/python -m pytest -n 2

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

samples: setup
	$(BIN)/python -m pytest --doctest-modules src/hrreco --ignore src/hrreco/store/migrations
	$(BIN)/python -m pytest tests/docs/test_samples.py

check: test lint samples

torture: setup
	$(BIN)/python -m pytest -m torture -n 2

# Eight processes that each read and then write a thousand times, beside readers, on SQLite and on
# PostgreSQL.
writers: setup
	$(BIN)/python -m pytest -m torture tests/store/test_writers.py --durations=0

# 1,000 damaged audit logs, bundles and certificates each, all refused in one line.
mutations: setup
	$(BIN)/python -m pytest -m torture -n 2 tests/privacy/audit/test_mutations.py \
		tests/models/test_mutations.py \
		tests/workspace/test_erasure.py::test_a_thousand_damaged_certificates

# Every route of the service, as every caller, of every kind of id: over 10,000 requests.
matrix: setup
	$(BIN)/python -m pytest -s -m torture tests/service/test_matrix.py

# 20,000 questions that schemathesis makes up from the OpenAPI document: no 5xx, no breach of it.
api-cases: setup
	$(BIN)/python -m pytest -s -m torture tests/service/test_openapi.py

# 100 kills of the processes of a service that events are handed to: none that was accepted is lost.
kills: setup
	$(BIN)/python -m pytest -m torture tests/service/test_kills.py --durations=0

# The libraries that hrreco is measured beside, each in an environment of its own.
peers: $(PEERS)/rectools/.ready $(PEERS)/lenskit/.ready $(PEERS)/implicit/.ready

$(PEERS)/%/.ready: experiments/peers/requirements/%.txt
	$(PYTHON) -m venv --clear $(PEERS)/$*
	$(PEERS)/$*/bin/python -m pip install --quiet --upgrade pip
	$(PEERS)/$*/bin/python -m pip install --quiet --requirement $<
	touch $@

benchmarks: setup peers
	$(BIN)/python experiments/benchmarks.py --data $(DATA) $(STUDIES)

# The pictures of the docs, taken of the demo in a browser: apt-get install chromium.
screenshots: setup
	test -d demo/enough-history || $(BIN)/hrreco demo
	$(BIN)/python -m tests.service.screenshots demo/enough-history docs/images

clean:
	rm -rf .venv $(PEERS) demo
