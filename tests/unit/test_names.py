"""What a file's name says: <kind>_<key>[_r<N>].<csv|xlsx|parquet>, csv also .csv.gz."""

import pytest

from expectations.deliveries import DELIVERIES
from flows.intake.delivery_name import DeliveryName, parse_name


@pytest.mark.parametrize(
    ("file_name", "parsed"),
    [
        ("judgement_ESI-BED-2005.csv", DeliveryName("judgement", "ESI-BED-2005", 1, "csv")),
        ("judgement_ESI-BED-2005_r2.csv", DeliveryName("judgement", "ESI-BED-2005", 2, "csv")),
        ("judgement_ESI-BED-2005_r12.csv.gz", DeliveryName("judgement", "ESI-BED-2005", 12, "csv.gz")),
        ("nsmart_BED_0404.xlsx", DeliveryName("nsmart", "BED_0404", 1, "xlsx")),
        ("nsmart_BED_0404_r3.parquet", DeliveryName("nsmart", "BED_0404", 3, "parquet")),
        ("performance_target_2004-05.csv", DeliveryName("performance_target", "2004-05", 1, "csv")),
        ("area_profile_anything_2005.csv", DeliveryName("area_profile", "anything_2005", 1, "csv")),
        ("unpaid_work_BED_r2.csv", DeliveryName("unpaid_work", "BED", 2, "csv")),
        ("nsmart_LAN_0504.CSV", DeliveryName("nsmart", "LAN_0504", 1, "csv")),
        ("nsmart_LAN_0504_r2.Csv.GZ", DeliveryName("nsmart", "LAN_0504", 2, "csv.gz")),
        ("nsmart_LAN_0504.XLSX", DeliveryName("nsmart", "LAN_0504", 1, "xlsx")),
        ("nsmart_LAN_0504.Parquet", DeliveryName("nsmart", "LAN_0504", 1, "parquet")),
    ],
)
def test_a_good_name_gives_kind_key_revision_and_format(file_name: str, parsed: DeliveryName) -> None:
    assert parse_name(file_name) == parsed


@pytest.mark.parametrize(
    "file_name",
    [
        "judgement_ESI-BED-2005.txt",
        "judgement_ESI-BED-2005",
        "judgement_ESI-BED-2005.xlsx.gz",
        "judgement_ESI-BED-2005.parquet.gz",
        "judgment_ESI-BED-2005.csv",
        "judgement.csv",
        "judgement_.csv",
        "nsmart_BED.csv",
        "nsmart_BED_1304.csv",
        "nsmart_BED_0004.csv",
        "performance_target_2004.csv",
        "judgement_ESI-BED-2005_r0.csv",
        "judgement_ESI-BED-2005_r.csv",
        "judgement_..\\..\\windows.csv",
        "ippf_../../etc/passwd.csv",
        "ippf_a b.csv",
        "ippf_<script>.csv",
        "judgement_ESI-BED-2005.csv\n",
        "",
    ],
)
def test_a_name_that_does_not_parse_gets_one_sentence(file_name: str) -> None:
    sentence = parse_name(file_name)
    assert isinstance(sentence, str)
    assert sentence.endswith(".")


@pytest.mark.parametrize("kind", sorted(DELIVERIES))
def test_the_example_that_a_sentence_gives_parses_itself(kind: str) -> None:
    parsed = parse_name(DELIVERIES[kind].file_key_example)
    assert isinstance(parsed, DeliveryName)
    assert parsed.kind == kind


def test_the_sentence_for_an_unknown_kind_names_the_kinds() -> None:
    sentence = parse_name("judgment_ESI-BED-2005.csv")
    assert all(kind in str(sentence) for kind in DELIVERIES)


NSMART = "nsmart_BED_0404.csv"


@pytest.mark.parametrize(
    ("file_name", "odd", "right"),
    [
        ("nsmart_BED_0404 (1).csv", "has a number in brackets", NSMART),
        ("nsmart_BED_0404(12).csv", "has a number in brackets", NSMART),
        ("nsmart_BED_0404 - Copy.csv", "ends in '- Copy'", NSMART),
        ("nsmart_BED_0404 - Copy (2).csv", "ends in '- Copy' and has a number in brackets", NSMART),
        ("Copy of nsmart_BED_0404.csv", "begins with 'Copy of'", NSMART),
        ("nsmart BED 0404.csv", "has spaces in it", NSMART),
        (" nsmart_BED_0404.csv", "has spaces around it", NSMART),
        ("nsmart_BED_0404 .csv", "has spaces around it", NSMART),
        ("nsmart_BED_0404.csv.csv", "has two endings", NSMART),
        ("nsmart_BED_0404.csv.txt", "has two endings", NSMART),
        ("NSMART_BED_0404.csv", "has capital and small letters", NSMART),
        ("nsmart_bed_0404.csv", "has capital and small letters", NSMART),
        ("NSMART_bed_0404.csv", "has capital and small letters", NSMART),
        ("nsmart-BED-0404.csv", "or hyphens, otherwise", NSMART),
        ("Judgement_ESI-BED-2005.csv", "has capital and small letters", "judgement_ESI-BED-2005.csv"),
        ("nsmart_BED_0404_R2.csv", "spells its revision otherwise", "nsmart_BED_0404_r2.csv"),
        ("nsmart_BED_0404_r02.csv", "spells its revision otherwise", "nsmart_BED_0404_r2.csv"),
        ("nsmart_BED_0404_v2.xlsx", "spells its revision otherwise", "nsmart_BED_0404_r2.xlsx"),
        ("nsmart_BED_0404-rev2.csv", "spells its revision otherwise", "nsmart_BED_0404_r2.csv"),
    ],
)
def test_a_name_with_a_slip_gets_the_right_one(file_name: str, odd: str, right: str) -> None:
    sentence = str(parse_name(file_name))
    assert odd in sentence
    assert f": name it {right}" in sentence
    assert isinstance(parse_name(right), DeliveryName)


def test_whoever_sends_a_copy_is_told_how_a_correction_is_named() -> None:
    assert "or nsmart_BED_0404_r3.csv where it corrects" in str(parse_name("nsmart_BED_0404_r2 (1).csv"))


@pytest.mark.parametrize("stray", ["<script>", "\x1b[31m", "'; drop table x; --", "=1+1"])
def test_a_sentence_about_a_name_quotes_nothing_that_is_no_name(stray: str) -> None:
    assert stray not in str(parse_name(f"nsmart_{stray}_0404 (1).csv"))
