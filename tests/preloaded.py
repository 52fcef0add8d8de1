"""What every process of `tests.forked` is forked with: the libraries that take seconds to load."""

import gc
import logging
import os

os.environ.update(DO_NOT_TRACK="1", GX_ANALYTICS_ENABLED="false", DBT_SEND_ANONYMOUS_USAGE_STATS="false")
os.environ["COLUMNS"] = "200"

import dbt.adapters.duckdb.connections
import dbt.cli.main  # noqa: F401

import expectations.engine
import expectations.publication
import expectations.suite  # noqa: F401
import flows.cli.app
import flows.nightly
import tests.faults.nights  # noqa: F401

flows.nightly.load_ahead()
# A library has given the root logger a handler that prints, which the command prevents.
logging.getLogger().handlers.clear()
# What is loaded stays, as in the command: no night need look through it.
gc.freeze()
gc.set_threshold(flows.cli.app.OBJECTS_BETWEEN_LOOKS)
