"""The bank holidays of England and Wales, as the seed from which working days are counted.

`python -m flows.tools.bank_holidays` rewrites the seed; run it when a holiday is proclaimed and `holidays` knows of it.
"""

import csv
import io

import holidays

from expectations.contract import EARLIEST_YEAR, LATEST_YEAR
from expectations.reference import PROJECT

SEED = PROJECT / "seeds" / "common" / "bank_holidays.csv"


def bank_holidays_csv() -> str:
    """A row a holiday: its date and name, from the first to the last year that deliveries may speak of.

    Subdivision ENG: without it Easter Monday and the August holiday are missing. Wales keeps the same days.
    Names have no straight apostrophe, which dbt's seed loader on Spark does not escape.
    """
    years = range(EARLIEST_YEAR, LATEST_YEAR + 1)
    days = holidays.country_holidays("GB", subdiv="ENG", years=years, language="en_GB")
    seed = io.StringIO()
    writer = csv.writer(seed, lineterminator="\n")
    writer.writerow(("holiday_on", "holiday_name"))
    writer.writerows((day, name.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")) for day, name in sorted(days.items()))
    return seed.getvalue()


if __name__ == "__main__":
    SEED.write_text(bank_holidays_csv(), encoding="utf-8")
