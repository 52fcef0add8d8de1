from flows.tools.bank_holidays import SEED, bank_holidays_csv


def test_the_committed_seed_holds_the_bank_holidays_that_the_package_knows() -> None:
    assert SEED.read_text(encoding="utf-8") == bank_holidays_csv()


def test_england_and_wales_have_easter_monday_and_the_august_holiday() -> None:
    days = bank_holidays_csv()
    assert "2005-03-28,Easter Monday" in days
    assert "2004-08-30," in days
