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
# The machine's own Python settings must not leak into the locked environment. Python keeps what it has compiled: hundreds
# of processes of the tests need not compile the project each.
unexport PYTHONPATH PYTHONDONTWRITEBYTECODE
# Certificates that the machine trusts hold for uv too: set-up works behind a proxy that reads TLS.
export UV_SYSTEM_CERTS ?= true

# Warehouses of tests are in memory where there is room for them and programs may run: a night waits for a disk some
# thousand times.
export PYTEST_DEBUG_TEMPROOT ?= $(shell ! grep -qs ' /dev/shm .*noexec' /proc/mounts && \
	test "$$(df --output=avail /dev/shm 2>/dev/null | tail -n 1)" -gt 8000000 2>/dev/null && \
	awk '/^MemAvailable/ && $$2 > 12000000 {print "/dev/shm"}' /proc/meminfo)

# As many processes as the machine has cores, each with one module of tests after the other, in the order they are named.
# One more was no quicker (19 minutes 25 for 18 minutes 46 of make test).
PYTEST := $(BIN)/pytest -n logical --dist loadscope --no-loadscope-reorder

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
	$(SPARK_BIN)/uv pip sync --quiet --require-hashes --python $(SPARK_BIN)/python requirements-spark.lock
	$(SPARK_BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(SPARK_BIN)/python --editable .
	touch $@

.PHONY: nightly
nightly: setup ## Run one night (over the examples, unless CASEBOOK_LANDING names a folder)
	$(BIN)/casebook nightly

.PHONY: check
check: setup ## What a change must pass before anything else: lint and unit tests
	@$(MAKE) --no-print-directory lint-style
	@# Unit tests begin when the first of the two others ends, so that no core waits for the second.
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=line lint-python lint-sql test-unit

.PHONY: test
test: setup ## What guards main: lint, all tests but the long ones, columns on Spark; what fails quickly comes first
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target test-nights spark-check

.PHONY: test-unit
test-unit: setup ## Tests of the parts, none of which runs a night
	@echo "test-unit: about three minutes"
	$(PYTEST) tests/unit

# First those that make what others copy, each while another makes something else: a warehouse without deliveries, one
# night over the examples, one over small deliveries, one over odd ones. Then those that copy nothing, and those that do.
# Files are named one by one, since pytest keeps the order of files, and not that of a file and its folder.
making := tests/integration/test_senders.py tests/site/test_pages.py tests/integration/test_nights.py \
	tests/integration/test_replaced.py
nights := recover attack faults integration site browser hostile
night_tests := $(making) $(filter-out $(making),$(foreach folder,$(nights),$(wildcard tests/$(folder)/test_*.py)))

.PHONY: test-nights
test-nights: setup ## Tests of whole nights: what they publish, show and withstand; of erasure and repair; of the attack
	@echo "test-nights: about thirteen minutes"
	$(PYTEST) $(night_tests)

.PHONY: test-long
test-long: setup ## Tests marked long, each with a shorter one of the same rule in make test
	@echo "test-long: about ten minutes"
	$(PYTEST) -m long tests/unit tests/recover tests/attack tests/integration tests/site tests/browser \
		tests/hostile/test_boundaries.py tests/hostile/test_odd_arguments.py

.PHONY: hostile
hostile: setup ## Try 5,000 deliveries changed at random (CASEBOOK_HOSTILE_EXAMPLES and _SEED say how many and which)
	@echo "hostile: about half an hour, whole nights among it"
	CASEBOOK_HOSTILE_EXAMPLES=$${CASEBOOK_HOSTILE_EXAMPLES:-5000} $(BIN)/pytest -m "" tests/hostile

.PHONY: lint
lint: setup ## Style, types, declared packages and rules for models: ruff, mypy, deptry, sqlfluff, dbt-bouncer
	@echo "lint: about 2 minutes"
	@$(MAKE) --no-print-directory lint-style
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint-python lint-sql

.PHONY: lint-style
lint-style: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: lint-python
lint-python: setup
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry attack flows expectations figures pages downloads
	$(BIN)/deptry tests bench analyses --ignore DEP002,DEP004
	$(BIN)/marimo check --strict --quiet analyses

.PHONY: lint-sql
lint-sql: export CASEBOOK_DUCKDB := target/lint.duckdb
lint-sql: export CASEBOOK_TEMP := target/tmp
lint-sql: setup
	# With the options that sqlfluff gives dbt, so that it finds the project parsed.
	$(BIN)/dbt parse --profiles-dir profiles --profile casebook --target duckdb --quiet
	$(BIN)/dbt-bouncer --config-file dbt-bouncer.yml >target/bouncer.log 2>&1 || { cat target/bouncer.log; exit 1; }
	# Without garbage collection, which would walk through dbt's manifest again and again, for most of the time.
	$(BIN)/python -c 'import gc; gc.disable(); from sqlfluff.cli.commands import cli; cli()' lint --disable-progress-bar models tests/dbt

.PHONY: spark-test
spark-test: spark_part := -m ""
spark-test: setup ## Whole nights on Spark, in one process and on a cluster that loses a worker, against DuckDB's; needs Java 17
	@echo "spark-test: about 15 minutes"
	$(spark-tests)

.PHONY: spark-check
spark-check: setup ## Build every model on Spark without rows and compare its columns with DuckDB's; part of make test
	@echo "spark-check: about 3 minutes"
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
faults: setup ## Kill, damage, attack and starve nights in every way, and write the table in docs/operations/operations.md
	@echo "faults: an hour at most (CASEBOOK_FAULTS_MINUTES), 100 kills at random moments among them"
	$(BIN)/pytest -n logical --dist worksteal -vv -m "" --ignore=tests/faults/test_record.py tests/faults
	$(BIN)/python -m tests.faults.table

.PHONY: serve
serve: setup ## Start a local Prefect server and worker; nights run at 02:00 London time
	$(BIN)/python -m flows.service.serve

BENCH ?= standard

.PHONY: bench
bench: setup ## Measure nights, scripts and questions on large invented deliveries; BENCH="growth" and others: docs/reference/benchmarks.md
	$(BIN)/python -m bench $(BENCH)

.PHONY: bench-scaling
bench-scaling: .venv-spark/.ready ## Measure what a million judgements cost a night on DuckDB and on Spark; needs Java 17
	@echo "bench-scaling: about an hour"
	$(SPARK_BIN)/python -m bench scaling

.PHONY: bank-holidays
bank-holidays: setup ## Rebuild the seed of bank holidays
	$(BIN)/python -m flows.tools.bank_holidays

.PHONY: contracts
contracts: setup ## Write what follows from contracts and seed measures: dictionary, dbt sources, staging models, columns
	$(BIN)/python -m expectations.contracts

.PHONY: report
report: setup ## Print the report of an inspection as PDF: make report INSPECTION=ESI-BED-2005; needs Chromium (system-deps)
	@$(BIN)/python -m flows.tools.report $(INSPECTION)

.PHONY: stylesheet
stylesheet: ## Compile the look of the pages anew; needs Node.js, and is needed only when casebook.scss or its packages change
	npm install --silent --no-package-lock --prefix target/stylesheet $$(sed -nE 's/^ +"(govuk-frontend|sass)": "(.*)".*/\1@\2/p' pages/assets/package.json)
	target/stylesheet/node_modules/.bin/sass --quiet --style=compressed --no-source-map --load-path=target/stylesheet/node_modules/govuk-frontend/dist pages/assets/casebook.scss pages/assets/casebook.css

.PHONY: docs
docs: setup ## Write the catalogue of every column (target/static_index.html), the diagrams in docs/reference/tables.md and dbt's exposures
	@echo "docs: about 30 seconds"
	$(BIN)/python -m flows.tools.catalogue

.PHONY: lock
lock: setup ## Resolve the dependencies of pyproject.toml anew into both locks
	$(BIN)/uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-header --no-strip-extras --python-version 3.11 --upgrade --quiet --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra spark --constraints requirements.lock --generate-hashes --no-emit-index-url --no-header --no-strip-extras --python-version 3.11 --quiet --output-file requirements-spark.lock

.PHONY: system-deps
system-deps: ## Install what Python packages cannot bring (Debian: Java 17 for Spark, Chromium and pdftotext for tests of the pages)
	@command -v java >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless; }
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-liberation; }
	@command -v pdftotext >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends poppler-utils; }
