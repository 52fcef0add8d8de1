# Everything is started from here; `make help` lists it. Each target sets up what it needs first.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV_VERSION := 0.13.8
BIN := .venv/bin
SPARK_BIN := .venv-spark/bin

# The example deliveries are what a night runs over until a landing folder of one's own is named.
export CASEBOOK_LANDING ?= examples
export CASEBOOK_WAREHOUSE ?= warehouse
export DO_NOT_TRACK := 1
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export GX_ANALYTICS_ENABLED := false
export MARIMO_SKIP_UPDATE_CHECK := 1
# The machine's own Python settings must not leak into the locked environment.
unexport PYTHONPATH

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "%-16s %s\n", $$1, $$2}'

.PHONY: setup
setup: .venv/.ready ## Make .venv from the lock; quick when nothing changed

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "Casebook needs Python 3.11: install it, or name it with make PYTHON=..."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes --python $(BIN)/python requirements.lock
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	touch $@

.venv-spark/.ready: requirements-spark.lock pyproject.toml
	test -x $(SPARK_BIN)/python || $(PYTHON) -m venv .venv-spark
	$(SPARK_BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(SPARK_BIN)/uv pip sync --quiet --compile-bytecode --require-hashes --python $(SPARK_BIN)/python requirements-spark.lock
	$(SPARK_BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(SPARK_BIN)/python --editable .
	touch $@

.PHONY: nightly
nightly: setup ## Run one night (over the examples, unless CASEBOOK_LANDING names a folder)
	$(BIN)/casebook nightly

.PHONY: test
test: setup ## Everything that must hold: lint, all tests, models on Spark
	@$(MAKE) --no-print-directory lint
	@echo "tests: about 25 minutes, two suites at once; each is shown when it has ended"
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target test-nights test-parts
	@$(MAKE) --no-print-directory spark-check

.PHONY: test-nights
test-nights: setup ## Tests that run whole nights, and of the pages that a night writes
	$(BIN)/pytest tests/integration tests/site tests/browser

.PHONY: test-parts
test-parts: setup ## Tests of the parts: units, hostile deliveries, faults
	$(BIN)/pytest --ignore=tests/integration --ignore=tests/site --ignore=tests/browser

.PHONY: hostile
hostile: setup ## Try 5,000 deliveries changed at random (CASEBOOK_HOSTILE_EXAMPLES and _SEED say how many and which)
	@echo "hostile: about 5 minutes"
	CASEBOOK_HOSTILE_EXAMPLES=$${CASEBOOK_HOSTILE_EXAMPLES:-5000} $(BIN)/pytest tests/hostile

.PHONY: lint
lint: export CASEBOOK_DUCKDB := target/lint.duckdb
lint: export CASEBOOK_TEMP := target/tmp
lint: setup ## Style and types: ruff, mypy, sqlfluff, dbt-bouncer
	@echo "lint: about 1 minute"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/marimo check --strict --quiet analyses
	$(BIN)/dbt parse --profiles-dir profiles --quiet
	$(BIN)/dbt-bouncer --config-file dbt-bouncer.yml >target/bouncer.log 2>&1 || { cat target/bouncer.log; exit 1; }
	# Without garbage collection, which would walk through dbt's manifest again and again, for most of the time.
	$(BIN)/python -c 'import gc; gc.disable(); from sqlfluff.cli.commands import cli; cli()' lint --disable-progress-bar models tests/dbt

.PHONY: spark-test
spark-test: spark_part := -m ""
spark-test: setup ## Whole nights on Spark, in one process and on a cluster that loses a worker, against DuckDB's; needs Java 17
	@echo "spark-test: about 15 minutes"
	$(spark-tests)

.PHONY: spark-check
spark-check: setup ## The part of spark-test without a cluster, as in make test
	@echo "spark-check: about 5 minutes"
	$(spark-tests)

define spark-tests
@if command -v java >/dev/null; then \
	$(MAKE) --no-print-directory .venv-spark/.ready && $(SPARK_BIN)/pytest $(spark_part) tests/spark tests/unit/test_workarounds.py -k spark; \
elif [ "$${CI:-}" = true ]; then \
	echo "Spark needs Java 17: run make system-deps"; exit 1; \
else \
	echo "left out: Spark needs Java 17, which make system-deps installs"; \
fi
endef

.PHONY: faults
faults: setup ## Kill, starve and break nights in every way, at least 100 times at random
	@echo "faults: about an hour, 100 random kills among them"
	$(BIN)/pytest -m "" --log-cli-level=INFO tests/faults

.PHONY: serve
serve: setup ## Start a local Prefect server and worker; nights run at 02:00 London time
	$(BIN)/python -m flows.serve

BENCH ?= standard

.PHONY: bench
bench: setup ## Measure nights, scripts and questions on large invented deliveries; BENCH="growth" and others: docs/benchmarks.md
	$(BIN)/python -m bench $(BENCH)

.PHONY: bench-scaling
bench-scaling: .venv-spark/.ready ## Measure what a million judgements cost a night on DuckDB and on Spark; needs Java 17
	@echo "bench-scaling: about an hour"
	$(SPARK_BIN)/python -m bench scaling

.PHONY: bank-holidays
bank-holidays: setup ## Rebuild the seed of bank holidays
	$(BIN)/python -m flows.bank_holidays

.PHONY: dictionary
dictionary: setup ## Rewrite the data dictionary in docs/deliveries.md from the contracts
	$(BIN)/python -m expectations.dictionary

.PHONY: stylesheet
stylesheet: ## Compile the look of the pages anew; needs Node.js, and is needed only when casebook.scss or its packages change
	npm install --silent --no-package-lock --prefix target/stylesheet $$(sed -nE 's/^ +"(govuk-frontend|sass)": "(.*)".*/\1@\2/p' pages/assets/package.json)
	target/stylesheet/node_modules/.bin/sass --quiet --style=compressed --no-source-map --load-path=target/stylesheet/node_modules/govuk-frontend/dist pages/assets/casebook.scss pages/assets/casebook.css

.PHONY: docs
docs: setup ## Write the catalogue of every column (target/static_index.html) and the diagrams in docs/tables.md
	@echo "docs: about 30 seconds"
	$(BIN)/python -m flows.catalogue

.PHONY: lock
lock: setup ## Resolve the dependencies of pyproject.toml anew into both locks
	$(BIN)/uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-header --no-strip-extras --python-version 3.11 --upgrade --quiet --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra spark --constraints requirements.lock --generate-hashes --no-emit-index-url --no-header --no-strip-extras --python-version 3.11 --quiet --output-file requirements-spark.lock

.PHONY: system-deps
system-deps: ## Install what Python packages cannot bring (Debian: Java 17 for Spark, Chromium and pdftotext for tests of the pages)
	@command -v java >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless; }
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-liberation; }
	@command -v pdftotext >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends poppler-utils; }
