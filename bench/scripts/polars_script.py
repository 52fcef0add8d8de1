"""The scripts' work in Polars, lazily: `python -m bench.scripts.polars_script LANDING OUT`."""

import hashlib
from datetime import date
from pathlib import Path

import polars as pl

from bench.scripts.inputs import (
    DIMENSIONS,
    KINDS,
    SEEDS,
    current_files,
    date_columns,
    delivered_columns,
    has_british_dates,
    run,
    seed_path,
)

Tables = dict[str, pl.LazyFrame]

GROUP = ["inspection_id", "sample_group"]
FIGURE = ["pool_code", "measure_code", "unit", "performance_year"]
POLARS_TYPES = {"int": pl.Int64, "double": pl.Float64, "string": pl.String, "date": pl.String}


def build(landing: Path, out: Path, business_date: date, threads: int) -> None:
    """Write the tables to `out`, a new folder, as Parquet. Polars takes its threads from POLARS_MAX_THREADS."""
    out.mkdir(parents=True)
    seeds = {seed.rpartition("/")[2]: pl.scan_csv(seed_path(seed), infer_schema=False) for seed in SEEDS}
    delivered = {kind: _read(kind, current_files(landing, kind)) for kind in KINDS}
    tables = {f"dim_{mart}": seeds[table] for mart, table in DIMENSIONS.items()}
    tables |= inspection_tables(delivered, seeds) | performance_tables(delivered, seeds, business_date)
    for name, table in zip(tables, pl.collect_all(tables.values()), strict=True):
        table.write_parquet(out / f"{name}.parquet")


def _read(kind: str, paths: list[str]) -> pl.LazyFrame:
    types = {name: POLARS_TYPES[of_type] for name, of_type in delivered_columns(kind).items()}
    date_format = "%d/%m/%Y" if has_british_dates(kind) else "%Y-%m-%d"
    return pl.scan_csv(paths, schema=types).with_columns(pl.col(date_columns(kind)).str.to_date(date_format))


def inspection_tables(delivered: Tables, seeds: Tables) -> Tables:
    """Cases, judgements, and scores from question to overall."""
    # Read by nearly everything that follows, so once.
    cases = _keyed(delivered["case_sample"]).collect().lazy()
    judgements = _judgements(delivered["judgement"], cases).collect().lazy()
    groups = _case_groups(cases)
    counts = _question_scores(judgements, groups, delivered["inspection"], seeds["questions"]).collect().lazy()
    judged = _judged_questions(counts, delivered["inspection"], seeds)
    criteria = _criterion_scores(judged)
    sections = _section_scores(criteria)
    published = delivered["published_score"]
    columns = ["score", "score_pct", "published_score_pct"]
    of_case = ["case_key", "inspection_id", "sample", "order_type", "requirements", "risk_of_harm", "ppo", "tier"]
    return {
        "dim_inspection": delivered["inspection"].drop("performance_year"),
        "dim_case": cases.join(seeds["ethnicities"], how="left", left_on="ethnicity", right_on="ethnicity_code")
        .with_columns(pl.col("ethnicity_group").fill_null("Not known"), pl.col("ppo") == "Y")
        .select(*of_case, "sex", "ethnicity_group", "age_band", "assessor_type"),
        "dim_sample_group": groups.select("sample_group").unique(),
        "fct_judgement": judgements,
        "fct_question_score": counts,
        "fct_criterion_score": _beside_published(criteria, published, "criterion", "criterion_code").select(
            *GROUP, "criterion_code", "section_code", *columns
        ),
        "fct_section_score": _beside_published(sections, published, "section", "section_code").select(
            *GROUP, "section_code", *columns
        ),
        "fct_overall_score": _beside_published(_overall_scores(sections, seeds), published, "overall").select(
            *GROUP, *columns
        ),
        "fct_thread_score": _beside_published(_thread_scores(judged), published, "thread").select(
            *GROUP, "thread_code", *columns
        ),
    }


def _keyed(cases: pl.LazyFrame) -> pl.LazyFrame:
    name = pl.concat_str("inspection_id", "case_id", separator="|")
    hashed = name.map_elements(lambda text: hashlib.sha256(text.encode()).hexdigest()[:32], return_dtype=pl.String)
    return cases.with_columns(case_key=hashed)


def _judgements(judgement: pl.LazyFrame, cases: pl.LazyFrame) -> pl.LazyFrame:
    keys = cases.select("inspection_id", "case_id", "case_key")
    return judgement.join(keys, on=["inspection_id", "case_id"]).select(
        "inspection_id",
        "case_key",
        "question_code",
        "answer",
        is_relevant=pl.col("answer") != "not_applicable",
        is_above_line=pl.col("answer").is_in(["excellent", "sufficient"]),
    )


def _case_groups(cases: pl.LazyFrame) -> pl.LazyFrame:
    main = cases.filter(pl.col("sample") == "main")
    requirements = pl.col("requirements").fill_null("")
    members = {
        "all": main,
        "high_roh": main.filter(pl.col("risk_of_harm").is_in(["H", "V"])),
        "unpaid_work": main.filter(requirements.str.contains("UPW", literal=True)),
        "substance_misuse": main.filter((pl.col("oasys_alcohol") >= 4) | (pl.col("oasys_drugs") >= 4)),
        "comparable": main.filter(requirements != "UPW"),
        "tier_4": main.filter(pl.col("tier") == 4),
        "ppo": main.filter(pl.col("ppo") == "Y"),
        "custody": main.filter(pl.col("order_type") == "CUS"),
        "very_high": main.filter(pl.col("risk_of_harm") == "V"),
        "inspector": main.filter(pl.col("assessor_type") == "inspector"),
        "area_assessor": main.filter(pl.col("assessor_type") == "area_assessor"),
        "post_cja": cases.filter(pl.col("sample") == "post_cja"),
    }
    return pl.concat([rows.select("case_key", sample_group=pl.lit(group)) for group, rows in members.items()])


def _question_scores(
    judgements: pl.LazyFrame, groups: pl.LazyFrame, inspections: pl.LazyFrame, questions: pl.LazyFrame
) -> pl.LazyFrame:
    asked = questions.select("framework_code", "question_code", "criterion_code", "in_follow_up")
    return (
        judgements.join(groups, on="case_key")
        .group_by(*GROUP, "question_code")
        .agg(relevant_cases=pl.col("is_relevant").sum(), above_line_cases=pl.col("is_above_line").sum())
        .join(inspections.select("inspection_id", "framework_code"), on="inspection_id")
        .join(asked, on=["framework_code", "question_code"])
        .filter((pl.col("sample_group") != "comparable") | (pl.col("in_follow_up") == "1"))
        .with_columns(proportion=_quotient(pl.col("above_line_cases"), pl.col("relevant_cases")))
        .select(*GROUP, "question_code", "criterion_code", "relevant_cases", "above_line_cases", "proportion")
    )


def _quotient(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """NULL where nothing can be divided by."""
    return pl.when(denominator != 0).then(numerator / denominator)


def _judged_questions(counts: pl.LazyFrame, inspections: pl.LazyFrame, seeds: Tables) -> pl.LazyFrame:
    criteria = seeds["criteria"].filter(pl.col("scoring") == "percentage").rename({"weight": "criterion_weight"})
    has_summary = pl.col("criterion_method") == "questions_80_summary_20"
    is_weighted = pl.col("section_method") == "weighted_by_criterion"
    in_omi = (pl.col("framework_code") == "OMI") & pl.col("section_code").is_in(["1", "2"])
    return (
        counts.filter(pl.col("proportion").is_not_null())
        .join(inspections.select("inspection_id", "framework_code"), on="inspection_id")
        .join(seeds["questions"], on=["framework_code", "question_code", "criterion_code"])
        .join(seeds["thread_questions"], on=["framework_code", "question_code"], how="left")
        .join(criteria, on=["framework_code", "criterion_code"])
        .join(seeds["frameworks"], on="framework_code")
        .with_columns(
            question_weight=pl.col("weight").cast(pl.Float64),
            criterion_weight=pl.when(is_weighted).then(pl.col("criterion_weight").cast(pl.Float64)).otherwise(1.0),
            share=pl.when(has_summary & (pl.col("is_summary") == "1")).then(0.2).otherwise(0.8),
            in_thread=in_omi & (pl.col("thread_code") == "ROH").fill_null(False),
        )
        .filter(pl.col("question_weight") > 0)
    )


def _weighted_mean(value: str, weight: str) -> pl.Expr:
    return (pl.col(value) * pl.col(weight)).sum() / pl.col(weight).sum()


def _criterion_scores(judged: pl.LazyFrame) -> pl.LazyFrame:
    criterion = [*GROUP, "framework_code", "section_code", "criterion_code", "criterion_weight"]
    sides = judged.group_by(*criterion, "share").agg(score=_weighted_mean("proportion", "question_weight"))
    return sides.group_by(criterion).agg(score=_weighted_mean("score", "share"))


def _section_scores(criteria: pl.LazyFrame) -> pl.LazyFrame:
    scored = criteria.filter(pl.col("sample_group") != "comparable")
    section = [*GROUP, "framework_code", "section_code"]
    return scored.group_by(section).agg(score=_weighted_mean("score", "criterion_weight"))


def _overall_scores(sections: pl.LazyFrame, seeds: Tables) -> pl.LazyFrame:
    weights = seeds["sections"].cast({"overall_weight": pl.Float64}).filter(pl.col("overall_weight").is_not_null())
    return (
        sections.join(weights, on=["framework_code", "section_code"])
        .group_by(GROUP)
        .agg(score=(pl.col("score") * pl.col("overall_weight")).sum(), sections=pl.len())
        .filter(pl.col("sections") == 3)
    )


def _thread_scores(judged: pl.LazyFrame) -> pl.LazyFrame:
    in_thread = judged.filter(pl.col("in_thread") & (pl.col("sample_group") != "comparable"))
    return in_thread.group_by(GROUP).agg(score=pl.col("proportion").mean(), thread_code=pl.lit("ROH").first())


def _beside_published(scores: pl.LazyFrame, published: pl.LazyFrame, level: str, code: str = "") -> pl.LazyFrame:
    figures = published.filter(pl.col("level") == level).select(*GROUP, "code", "published_score_pct")
    own, theirs = ([*GROUP, code], [*GROUP, "code"]) if code else (GROUP, GROUP)
    rounded = ((pl.col("score") * 100).round(9) + 0.5).floor().cast(pl.Int64)
    return scores.join(figures, how="left", left_on=own, right_on=theirs).with_columns(score_pct=rounded)


def performance_tables(delivered: Tables, seeds: Tables, business_date: date) -> Tables:
    """Measures of areas by month, and in the year to date."""
    months = _reporting_months(business_date)
    targets = _own_targets(delivered["performance_target"], seeds["units"])
    pooled = _pooled_months(_contributions(delivered, seeds, months, targets)).collect().lazy()
    denominator = pl.col("denominator") / pl.when(pl.col("unit") == "count_vs_target").then(12).otherwise(1)
    month = pooled.filter(pl.col("pool_code") != "ENW").with_columns(denominator=denominator)
    return {
        "fct_performance_month": month.select(
            pl.col("pool_code").alias("area_code"),
            "measure_code",
            "period_month",
            "numerator",
            "denominator",
            value=_quotient(pl.col("numerator"), pl.col("denominator")),
        ),
        "fct_performance_to_date": _to_date(_figures(pooled, months), targets, seeds["measures"]),
    }


def _reporting_months(business_date: date) -> pl.LazyFrame:
    starts = pl.date_range(date(1970, 1, 1), date(2035, 12, 1), "1mo", eager=True)
    month = pl.col("period_month")
    first_year = month.dt.year() - (month.dt.month() < 4).cast(pl.Int32)
    following = ((first_year + 1) % 100).cast(pl.String).str.zfill(2)
    is_due = month.dt.offset_by("1mo").dt.offset_by("14d") < business_date
    return (
        pl.LazyFrame({"period_month": starts})
        .with_columns(performance_year=first_year.cast(pl.String) + "/" + following, is_due=is_due)
        .with_columns(months_due=pl.col("is_due").cast(pl.Int64).cum_sum().over("performance_year"))
        .drop("is_due")
    )


def _case_months(nsmart: pl.LazyFrame, seeds: Tables) -> pl.LazyFrame:
    high, ppo = pl.col("risk_of_harm").is_in(["H", "V"]), pl.col("ppo") == "Y"
    assessed = _working_days(seeds, "commenced_on", "risk_assessment_on") <= 5
    planned = _working_days(seeds, "commenced_on", "risk_plan_on") <= 5
    sentence = _working_days(seeds, "commenced_on", "sentence_plan_on") <= 5
    permitted = pl.when(pl.col("order_type") == "LIC").then(2).otherwise(1)
    within = (pl.col("unacceptable_absences") <= permitted) | (pl.col("allowed_to_continue") == "Y")
    every = pl.col("area_code").is_not_null()
    known = seeds["ethnicities"].select("ethnicity_code").collect()["ethnicity_code"]
    counted = {
        "ENF": (
            _working_days(seeds, "breach_required_on", "breach_initiated_on") <= 10,
            pl.col("breach_required_on").is_not_null(),
        ),
        "CMP": (within, every),
        "CON_ARR": (pl.min_horizontal("appts_arranged", "appts_required"), pl.col("appts_required")),
        "CON_KEPT": (pl.col("appts_kept"), pl.col("appts_arranged")),
        "ROH_TIME": (high & assessed & planned & sentence, high),
        "PPO_TIME": (ppo & assessed & sentence, ppo),
        "ETH": (pl.col("ethnicity").is_in(known.to_list()), every),
    }
    sums = {
        f"{measure} {part}": counted_part.cast(pl.Float64).sum()
        for measure, pair in counted.items()
        for part, counted_part in zip(("numerator", "denominator"), pair, strict=True)
    }
    by_month = nsmart.group_by(pl.col("area_code").alias("unit_code"), _month().alias("period_month")).agg(**sums)
    by_month = by_month.collect().lazy()
    return pl.concat(
        by_month.select(
            "unit_code",
            "period_month",
            measure_code=pl.lit(measure),
            numerator=f"{measure} numerator",
            denominator=f"{measure} denominator",
        )
        for measure in counted
    )


def _working_days(seeds: Tables, since: str, until: str) -> pl.Expr:
    """Working days after a date and up to another; fewer than none where the other is earlier."""
    holidays = seeds["bank_holidays"].select(pl.col("holiday_on").str.to_date()).collect()["holiday_on"]
    # Counted from the day after, so that both ends may be on any day.
    start, end = pl.col(since) + pl.duration(days=1), pl.col(until) + pl.duration(days=1)
    return pl.business_day_count(start, end, holidays=holidays.to_list())


def _month() -> pl.Expr:
    """MMYY as the first day of the month; years from 70 on are of the last century."""
    year = pl.col("data_period").str.slice(2).cast(pl.Int32)
    century = pl.when(year >= 70).then(1900).otherwise(2000)
    return pl.date(century + year, pl.col("data_period").str.slice(0, 2).cast(pl.Int32), 1)


def _own_targets(targets: pl.LazyFrame, units: pl.LazyFrame) -> pl.LazyFrame:
    """A unit's own target, or the nation's where it has none."""
    columns = ["unit_code", "performance_year", "measure_code", "target", "direction"]
    codes = pl.concat([units.select("unit_code"), pl.LazyFrame({"unit_code": ["ENW"]})])
    own = codes.join(targets, left_on="unit_code", right_on="area_code").select(columns)
    national = codes.join(targets.filter(pl.col("area_code") == "ENW"), how="cross").select(columns)
    return pl.concat([own, national]).unique(columns[:3], keep="first", maintain_order=True)


def _contributions(delivered: Tables, seeds: Tables, months: pl.LazyFrame, targets: pl.LazyFrame) -> pl.LazyFrame:
    columns = ["unit_code", "period_month", "measure_code", "numerator", "denominator"]
    returned = delivered["performance_return"].rename({"area_code": "unit_code"}).with_columns(period_month=_month())
    year = pl.col("performance_year")
    of_target = pl.col("unit") == "count_vs_target"
    return (
        pl.concat([_case_months(delivered["nsmart"], seeds), returned.select(columns)])
        .join(seeds["units"].select("unit_code", "area_code"), on="unit_code")
        .join(seeds["measures"].select("measure_code", "unit", "valid_from", "valid_to"), on="measure_code")
        .join(months, on="period_month")
        .join(targets, how="left", on=["unit_code", "measure_code", "performance_year"])
        .filter(
            year >= pl.coalesce("valid_from", "performance_year"), year <= pl.coalesce("valid_to", "performance_year")
        )
        .with_columns(denominator=pl.when(of_target).then("target").otherwise("denominator"))
    )


def _pooled_months(contributions: pl.LazyFrame) -> pl.LazyFrame:
    pools = pl.concat(
        [
            contributions.with_columns(pool_code=pl.col("area_code")),
            contributions.with_columns(pool_code=pl.lit("ENW")),
        ]
    )
    divided = pl.col("denominator").is_not_null()
    with_denominator = pl.when(divided.any()).then(pl.col("numerator").filter(divided).sum())
    return pools.group_by(*FIGURE, "period_month").agg(
        numerator=with_denominator.otherwise(pl.col("numerator").sum()),
        denominator=pl.when(divided.any()).then(pl.col("denominator").sum()),
    )


def _figures(pooled: pl.LazyFrame, months: pl.LazyFrame) -> pl.LazyFrame:
    """Sums of the year's months so far, for every month from a pool's first to the last anyone delivered."""
    first = pooled.group_by(FIGURE).agg(first_month=pl.col("period_month").min())
    last = pooled.group_by(FIGURE[1:]).agg(last_month=pl.col("period_month").max())
    divided = pl.col("denominator").is_not_null()

    def so_far(of: pl.Expr) -> pl.Expr:
        return of.fill_null(0).cum_sum().over(FIGURE, order_by="period_month")

    months_in, some = pl.col("months_in"), pl.col("months_divided") > 0
    counted = pl.when(pl.col("unit") == "count_vs_target").then(12)
    by = counted.when(pl.col("unit") == "days_per_head").then(months_in).otherwise(1)
    value = _quotient(pl.col("numerator"), pl.col("denominator"))
    a_year = pl.when(pl.col("unit") == "days_per_head").then(pl.col("value") * 12 / months_in)
    return (
        first.join(last, on=FIGURE[1:])
        .join(months, on="performance_year")
        .filter(pl.col("period_month").is_between("first_month", "last_month"))
        .join(pooled, how="left", on=[*FIGURE, "period_month"])
        .with_columns(
            every=so_far(pl.col("numerator")),
            with_denominator=so_far(pl.when(divided).then("numerator")),
            total=so_far(pl.col("denominator")),
            months_in=so_far(pl.col("numerator").is_not_null().cast(pl.Int64)),
            months_divided=so_far(divided.cast(pl.Int64)),
        )
        .with_columns(
            numerator=pl.when(some).then("with_denominator").otherwise("every"),
            denominator=pl.when(some).then(pl.col("total") / by),
        )
        .with_columns(value=value)
        .with_columns(scaled_value=a_year.otherwise("value"))
    )


def _to_date(figures: pl.LazyFrame, targets: pl.LazyFrame, measures: pl.LazyFrame) -> pl.LazyFrame:
    national = figures.filter(pl.col("pool_code") == "ENW")
    counted = pl.when(pl.col("denominator").is_not_null()).then(1.0)
    of_target = pl.col("unit") == "count_vs_target"
    higher = pl.coalesce("own_direction", "direction") == "higher"
    scaled, target = pl.col("scaled_value"), pl.col("target")
    aim = pl.when(target != 0).then(target)
    met = pl.when(higher).then(scaled >= target - 1e-9).otherwise(scaled <= target + 1e-9)
    close = pl.when(higher).then(scaled >= 0.9 * target - 1e-9).otherwise(scaled <= 1.1 * target + 1e-9)
    achieved = pl.when(higher).then(_quotient(scaled, aim)).when((target > 0) & (scaled == 0)).then(1.0)
    status = pl.when(aim.is_null() | scaled.is_null()).then(None).when(met).then(pl.lit("met"))
    figure = ["numerator", "denominator", "value", "target", "achievement", "national_value", "status"]
    return (
        figures.filter(pl.col("pool_code") != "ENW")
        .rename({"pool_code": "area_code"})
        .join(measures.select("measure_code", "direction"), on="measure_code")
        .join(
            targets.rename({"unit_code": "area_code", "direction": "own_direction"}),
            how="left",
            on=["area_code", "measure_code", "performance_year"],
        )
        .join(
            national.select("measure_code", "period_month", national_value="value"),
            how="left",
            on=["measure_code", "period_month"],
        )
        .with_columns(target=pl.when(of_target).then(counted).otherwise("target"))
        .with_columns(
            achievement=achieved.otherwise(_quotient(aim, scaled)),
            status=status.when(close).then(pl.lit("close")).otherwise(pl.lit("missed")),
        )
        .select("area_code", "measure_code", "performance_year", "period_month", *figure, "months_in", "months_due")
    )


if __name__ == "__main__":
    run(build)
