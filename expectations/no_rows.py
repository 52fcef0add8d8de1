"""The one expectation that all rules are made of: that a query finds no row."""

from collections.abc import Mapping
from typing import Any

from great_expectations.expectations import UnexpectedRowsExpectation


class ExpectQueryToFindNoRows(UnexpectedRowsExpectation):  # type: ignore[misc]  # the library has no types
    """Counts the rows that a query finds.

    The library's own runs each query twice, the second time for the rows themselves. Nobody reads those: which rows
    break a rule is asked where one is broken (flows.intake.check).
    """

    metric_dependencies = ("unexpected_rows_query.row_count",)

    def _validate(self, metrics: Mapping[str, Any], *_: Any, **__: Any) -> dict[str, Any]:
        found = metrics["unexpected_rows_query.row_count"]
        return {"success": found == 0, "result": {"observed_value": found}}
