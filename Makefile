# `make` tells what there is. Everything is installed into .venv, from the pinned lists, and nowhere else.
PYTHON ?= python3
BIN := .venv/bin
# Three processes take file after file: what waits for a server leaves its core to what computes.
PYTEST := $(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast lint format install install-dev kafka kafka-jars evaluate bench chaos soak fuzz lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: install ## replay the five seed articles on this machine and show the alerts
	$(BIN)/rasid demo

test: install-dev ## run all tests; those that need Apache Kafka, Redis or Chromium are skipped where these are missing
	$(PYTEST)

test-fast: install-dev ## run the tests that start no server
	$(PYTEST) -m "not connected and not browser and not chaos and not slow"

lint: install-dev ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: install-dev ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

kafka: ## run Apache Kafka 4 on 127.0.0.1:9092 in the foreground (needs a JDK 17 and Maven)
	deploy/kafka/run 9092

kafka-jars: ## fetch the jars of Apache Kafka, for the tests
	deploy/kafka/run fetch

evaluate: install-dev ## score the development feeds and write docs/evaluation.md (or: make evaluate GOLD=... FEED=...)
	$(BIN)/python -m tests.evaluate $(GOLD) $(FEED)

chaos: install-dev kafka-jars ## the fault suite on Apache Kafka and Redis: make chaos SEED=1 RUNS=3
	$(BIN)/python -m tests.chaos.run --seed $(or $(SEED),1) --runs $(or $(RUNS),1)

soak: install-dev kafka-jars ## a long run at a steady rate, measured: make soak MINUTES=60 RATE=50 REMEMBERED=20000
	$(BIN)/python -m tests.bench.soak --minutes $(or $(MINUTES),60) --rate $(or $(RATE),50) --remembered $(or $(REMEMBERED),0)

fuzz: install-dev ## the properties on many examples: make fuzz EXAMPLES=2000
	RASID_FUZZ_EXAMPLES=$(or $(EXAMPLES),2000) $(BIN)/pytest tests/fuzz

bench: install-dev ## run the benchmarks
	$(BIN)/pytest tests/bench -s

install: .venv/installed ## install the command rasid into .venv

install-dev: .venv/installed-dev ## the same, with what tests and checks need

.venv/installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

lock: install-dev ## pin the newest dependencies that pyproject.toml allows
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/$(LOCK) --group build --upgrade -o requirements.lock
	$(BIN)/$(LOCK) --group dev --constraint requirements.lock --upgrade -o requirements-dev.lock

clean: ## remove what was installed and built
	rm -rf .venv build dist *.egg-info deploy/kafka/target
