"""The scripts' work in pandas: `python -m bench.scripts.pandas_script LANDING OUT`."""

import hashlib
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

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

Tables = dict[str, pd.DataFrame]

GROUP = ["inspection_id", "sample_group"]
FIGURE = ["pool_code", "measure_code", "unit", "performance_year"]
PANDAS_TYPES = {"int": "Int64", "double": "float64", "string": "str", "date": "str"}


def build(landing: Path, out: Path, business_date: date, threads: int) -> None:
    """Write the tables to `out`, a new folder, as Parquet. pandas uses one thread, whatever is asked."""
    out.mkdir(parents=True)
    seeds = {seed.rpartition("/")[2]: pd.read_csv(seed_path(seed), dtype=str) for seed in SEEDS}
    delivered = {kind: _read(kind, current_files(landing, kind)) for kind in KINDS}
    tables = {f"dim_{mart}": seeds[table] for mart, table in DIMENSIONS.items()}
    tables |= inspection_tables(delivered, seeds) | performance_tables(delivered, seeds, business_date)
    for name, table in tables.items():
        table.to_parquet(out / f"{name}.parquet", index=False)


def _read(kind: str, paths: list[str]) -> pd.DataFrame:
    types = {name: PANDAS_TYPES[of_type] for name, of_type in delivered_columns(kind).items()}
    date_format = "%d/%m/%Y" if has_british_dates(kind) else "%Y-%m-%d"
    rows = pd.concat([pd.read_csv(path, dtype=types) for path in paths], ignore_index=True)
    for column in date_columns(kind):
        rows[column] = pd.to_datetime(rows[column], format=date_format)
    return rows


def inspection_tables(delivered: Tables, seeds: Tables) -> Tables:
    """Cases, judgements, and scores from question to overall."""
    cases = _keyed(delivered["case_sample"])
    judgements = _judgements(delivered["judgement"], cases)
    groups = _case_groups(cases)
    counts = _question_scores(judgements, groups, delivered["inspection"], seeds["questions"])
    judged = _judged_questions(counts, delivered["inspection"], seeds)
    criteria = _criterion_scores(judged)
    sections = _section_scores(criteria)
    published = delivered["published_score"]
    columns = ["score", "score_pct", "published_score_pct"]
    ethnicities = seeds["ethnicities"][["ethnicity_code", "ethnicity_group"]]
    described = cases.merge(ethnicities, how="left", left_on="ethnicity", right_on="ethnicity_code")
    of_case = ["case_key", "inspection_id", "sample", "order_type", "requirements", "risk_of_harm", "ppo", "tier"]
    return {
        "dim_inspection": delivered["inspection"].drop(columns="performance_year"),
        "dim_case": described.fillna({"ethnicity_group": "Not known"}).assign(ppo=lambda of: of["ppo"] == "Y")[
            [*of_case, "sex", "ethnicity_group", "age_band", "assessor_type"]
        ],
        "dim_sample_group": groups[["sample_group"]].drop_duplicates(),
        "fct_judgement": judgements,
        "fct_question_score": counts,
        "fct_criterion_score": _beside_published(criteria, published, "criterion", "criterion_code")[
            [*GROUP, "criterion_code", "section_code", *columns]
        ],
        "fct_section_score": _beside_published(sections, published, "section", "section_code")[
            [*GROUP, "section_code", *columns]
        ],
        "fct_overall_score": _beside_published(_overall_scores(sections, seeds), published, "overall")[
            [*GROUP, *columns]
        ],
        "fct_thread_score": _beside_published(_thread_scores(judged), published, "thread")[
            [*GROUP, "thread_code", *columns]
        ],
    }


def _keyed(cases: pd.DataFrame) -> pd.DataFrame:
    names = cases["inspection_id"] + "|" + cases["case_id"]
    return cases.assign(case_key=[hashlib.sha256(name.encode()).hexdigest()[:32] for name in names])


def _judgements(judgement: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    keyed = judgement.merge(cases[["inspection_id", "case_id", "case_key"]], on=["inspection_id", "case_id"])
    keyed["is_relevant"] = keyed["answer"] != "not_applicable"
    keyed["is_above_line"] = keyed["answer"].isin(["excellent", "sufficient"])
    return keyed[["inspection_id", "case_key", "question_code", "answer", "is_relevant", "is_above_line"]]


def _case_groups(cases: pd.DataFrame) -> pd.DataFrame:
    main = cases[cases["sample"] == "main"]
    requirements = main["requirements"].fillna("")
    members = {
        "all": main,
        "high_roh": main[main["risk_of_harm"].isin(["H", "V"])],
        "unpaid_work": main[requirements.str.contains("UPW")],
        "substance_misuse": main[((main["oasys_alcohol"] >= 4) | (main["oasys_drugs"] >= 4)).fillna(False)],
        "comparable": main[requirements != "UPW"],
        "tier_4": main[(main["tier"] == 4).fillna(False)],
        "ppo": main[main["ppo"] == "Y"],
        "custody": main[main["order_type"] == "CUS"],
        "very_high": main[main["risk_of_harm"] == "V"],
        "inspector": main[main["assessor_type"] == "inspector"],
        "area_assessor": main[main["assessor_type"] == "area_assessor"],
        "post_cja": cases[cases["sample"] == "post_cja"],
    }
    return pd.concat([rows[["case_key"]].assign(sample_group=group) for group, rows in members.items()])


def _question_scores(
    judgements: pd.DataFrame, groups: pd.DataFrame, inspections: pd.DataFrame, questions: pd.DataFrame
) -> pd.DataFrame:
    grouped = judgements.merge(groups, on="case_key").groupby([*GROUP, "question_code"], as_index=False)
    counts = grouped.agg(relevant_cases=("is_relevant", "sum"), above_line_cases=("is_above_line", "sum"))
    counts = counts.merge(inspections[["inspection_id", "framework_code"]], on="inspection_id")
    asked = questions[["framework_code", "question_code", "criterion_code", "in_follow_up"]]
    counts = counts.merge(asked, on=["framework_code", "question_code"])
    counts = counts[(counts["sample_group"] != "comparable") | (counts["in_follow_up"] == "1")]
    counts["proportion"] = counts["above_line_cases"] / counts["relevant_cases"].where(counts["relevant_cases"] > 0)
    return counts[[*GROUP, "question_code", "criterion_code", "relevant_cases", "above_line_cases", "proportion"]]


def _judged_questions(counts: pd.DataFrame, inspections: pd.DataFrame, seeds: Tables) -> pd.DataFrame:
    questions = seeds["questions"].rename(columns={"weight": "question_weight"})
    criteria = seeds["criteria"].rename(columns={"weight": "criterion_weight"})
    judged = (
        counts.merge(inspections[["inspection_id", "framework_code"]], on="inspection_id")
        .merge(questions, on=["framework_code", "question_code", "criterion_code"])
        .merge(seeds["thread_questions"], on=["framework_code", "question_code"], how="left")
        .merge(criteria[criteria["scoring"] == "percentage"], on=["framework_code", "criterion_code"])
        .merge(seeds["frameworks"], on="framework_code")
    )
    judged = judged[judged["proportion"].notna()].astype({"question_weight": float, "criterion_weight": float})
    judged = judged[judged["question_weight"] > 0]
    weighted = judged["section_method"] == "weighted_by_criterion"
    judged["criterion_weight"] = judged["criterion_weight"].where(weighted, 1.0)
    has_summary = judged["criterion_method"] == "questions_80_summary_20"
    judged["share"] = np.where(has_summary & (judged["is_summary"] == "1"), 0.2, 0.8)
    in_omi = (judged["framework_code"] == "OMI") & judged["section_code"].isin(["1", "2"])
    judged["in_thread"] = in_omi & (judged["thread_code"] == "ROH")
    return judged


def _weighted_mean(rows: pd.DataFrame, by: list[str], value: str, weight: str) -> pd.DataFrame:
    sums = rows.assign(product=rows[value] * rows[weight]).groupby(by, as_index=False)[["product", weight]].sum()
    return sums.assign(score=sums["product"] / sums[weight]).drop(columns=["product", weight])


def _criterion_scores(judged: pd.DataFrame) -> pd.DataFrame:
    criterion = [*GROUP, "framework_code", "section_code", "criterion_code", "criterion_weight"]
    sides = _weighted_mean(judged, [*criterion, "share"], "proportion", "question_weight")
    return _weighted_mean(sides.assign(side=sides["share"]), criterion, "score", "side")


def _section_scores(criteria: pd.DataFrame) -> pd.DataFrame:
    comparable = criteria["sample_group"] == "comparable"
    return _weighted_mean(
        criteria[~comparable], [*GROUP, "framework_code", "section_code"], "score", "criterion_weight"
    )


def _overall_scores(sections: pd.DataFrame, seeds: Tables) -> pd.DataFrame:
    weights = seeds["sections"].astype({"overall_weight": float}).dropna(subset="overall_weight")
    weighted = sections.merge(weights, on=["framework_code", "section_code"])
    weighted["score"] *= weighted["overall_weight"]
    overall = weighted.groupby(GROUP, as_index=False).agg(score=("score", "sum"), sections=("score", "size"))
    return overall[overall["sections"] == 3]


def _thread_scores(judged: pd.DataFrame) -> pd.DataFrame:
    in_thread = judged[judged["in_thread"] & (judged["sample_group"] != "comparable")]
    thread = in_thread.groupby(GROUP, as_index=False).agg(score=("proportion", "mean"))
    return thread.assign(thread_code="ROH")


def _beside_published(
    scores: pd.DataFrame, published: pd.DataFrame, level: str, code: str | None = None
) -> pd.DataFrame:
    figures = published.loc[published["level"] == level, [*GROUP, "code", "published_score_pct"]]
    own, theirs = ([*GROUP, code], [*GROUP, "code"]) if code else (GROUP, GROUP)
    beside = scores.merge(figures, how="left", left_on=own, right_on=theirs)
    return beside.assign(score_pct=np.floor((beside["score"] * 100).round(9) + 0.5).astype(int))


def performance_tables(delivered: Tables, seeds: Tables, business_date: date) -> Tables:
    """Measures of areas by month, and in the year to date."""
    months = _reporting_months(business_date)
    targets = _own_targets(delivered["performance_target"], seeds["units"])
    pooled = _pooled_months(_contributions(delivered, seeds, months, targets))
    of_areas = pooled[pooled["pool_code"] != "ENW"]
    denominator: pd.Series = of_areas["denominator"] / np.where(of_areas["unit"] == "count_vs_target", 12, 1)
    month = of_areas.assign(denominator=denominator, value=of_areas["numerator"] / denominator.replace(0, np.nan))
    month = month.rename(columns={"pool_code": "area_code"})
    columns = ["area_code", "measure_code", "period_month", "numerator", "denominator", "value"]
    return {
        "fct_performance_month": month[columns],
        "fct_performance_to_date": _to_date(_figures(pooled, months), targets, seeds["measures"]),
    }


def _reporting_months(business_date: date) -> pd.DataFrame:
    starts = pd.date_range("1970-01-01", "2035-12-01", freq="MS")
    year = starts.year - (starts.month < 4)
    due = pd.Timestamp(business_date) > starts + pd.DateOffset(months=1) + pd.Timedelta(days=14)
    months = pd.DataFrame({"period_month": starts, "first_year": year, "is_due": due})
    following = ((months["first_year"] + 1) % 100).astype(str).str.zfill(2)
    months["performance_year"] = months["first_year"].astype(str) + "/" + following
    months["months_due"] = months.groupby("first_year")["is_due"].cumsum()
    return months[["period_month", "performance_year", "months_due"]]


def _case_months(nsmart: pd.DataFrame, seeds: Tables) -> pd.DataFrame:
    days = pd.date_range("1970-01-01", "2035-12-31")
    holidays = pd.to_datetime(seeds["bank_holidays"]["holiday_on"])
    working = pd.Series(((days.weekday < 5) & ~days.isin(holidays)).cumsum(), index=days)

    def days_taken(since: str, until: str) -> pd.Series:
        return nsmart[until].map(working) - nsmart[since].map(working)

    permitted = np.where(nsmart["order_type"] == "LIC", 2, 1)
    high, ppo = nsmart["risk_of_harm"].isin(["H", "V"]), nsmart["ppo"] == "Y"
    assessed = days_taken("commenced_on", "risk_assessment_on") <= 5
    planned = days_taken("commenced_on", "risk_plan_on") <= 5
    sentence = days_taken("commenced_on", "sentence_plan_on") <= 5
    within = (nsmart["unacceptable_absences"] <= permitted) | (nsmart["allowed_to_continue"] == "Y")
    least = nsmart[["appts_arranged", "appts_required"]].min(axis=1)
    counted = {
        "ENF": (days_taken("breach_required_on", "breach_initiated_on") <= 10, nsmart["breach_required_on"].notna()),
        "CMP": (within, True),
        "CON_ARR": (least, nsmart["appts_required"]),
        "CON_KEPT": (nsmart["appts_kept"], nsmart["appts_arranged"]),
        "ROH_TIME": (high & assessed & planned & sentence, high),
        "PPO_TIME": (ppo & assessed & sentence, ppo),
        "ETH": (nsmart["ethnicity"].isin(seeds["ethnicities"]["ethnicity_code"]), True),
    }
    key = {"unit_code": nsmart["area_code"], "period_month": _month(nsmart["data_period"])}
    sums = [
        pd.DataFrame({**key, "numerator": numerator, "denominator": denominator})
        .astype({"numerator": float, "denominator": float})
        .groupby(["unit_code", "period_month"], as_index=False)
        .sum()
        .assign(measure_code=measure)
        for measure, (numerator, denominator) in counted.items()
    ]
    return pd.concat(sums)


def _month(period: pd.Series) -> pd.Series:
    """MMYY as the first day of the month; years from 70 on are of the last century."""
    century = (period.str[2:] >= "70").map({True: "19", False: "20"})
    return pd.to_datetime(century + period.str[2:] + period.str[:2], format="%Y%m")


def _own_targets(targets: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """A unit's own target, or the nation's where it has none."""
    codes = pd.DataFrame({"unit_code": [*units["unit_code"], "ENW"]})
    own = codes.merge(targets, left_on="unit_code", right_on="area_code")
    national = codes.merge(targets[targets["area_code"] == "ENW"], how="cross")
    columns = ["unit_code", "performance_year", "measure_code"]
    return pd.concat([own, national]).drop_duplicates(columns)[[*columns, "target", "direction"]]


def _contributions(delivered: Tables, seeds: Tables, months: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    returns = delivered["performance_return"]
    returned = returns.rename(columns={"area_code": "unit_code"}).assign(period_month=_month(returns["data_period"]))
    of_cases = _case_months(delivered["nsmart"], seeds)
    rows = pd.concat([of_cases, returned[of_cases.columns]])
    rows = rows.merge(seeds["units"], on="unit_code").merge(seeds["measures"], on="measure_code")
    rows = rows.merge(months, on="period_month")
    rows = rows.merge(targets, how="left", on=["unit_code", "measure_code", "performance_year"])
    since = rows["valid_from"].fillna(rows["performance_year"]) <= rows["performance_year"]
    until = rows["valid_to"].fillna(rows["performance_year"]) >= rows["performance_year"]
    rows["denominator"] = rows["target"].where(rows["unit"] == "count_vs_target", rows["denominator"])
    return rows[since & until]


def _pooled_months(contributions: pd.DataFrame) -> pd.DataFrame:
    areas = contributions.assign(pool_code=contributions["area_code"])
    pools = pd.concat([areas, areas.assign(pool_code="ENW")])
    pools["divided"] = pools["numerator"].where(pools["denominator"].notna())
    sums = pools.groupby([*FIGURE, "period_month"])[["numerator", "divided", "denominator"]].sum(min_count=1)
    return sums.assign(numerator=sums["divided"].fillna(sums["numerator"])).drop(columns="divided").reset_index()


def _figures(pooled: pd.DataFrame, months: pd.DataFrame) -> pd.DataFrame:
    """Sums of the year's months so far, for every month from a pool's first to the last anyone delivered."""
    first = pooled.groupby(FIGURE, as_index=False).agg(first_month=("period_month", "min"))
    last = pooled.groupby(FIGURE[1:], as_index=False).agg(last_month=("period_month", "max"))
    shown = first.merge(last, on=FIGURE[1:]).merge(months, on="performance_year")
    shown = shown[shown["period_month"].between(shown["first_month"], shown["last_month"])]
    rows = shown.merge(pooled, how="left", on=[*FIGURE, "period_month"]).sort_values([*FIGURE, "period_month"])
    divided = rows["denominator"].notna()
    rows["with_denominator"] = rows["numerator"].where(divided, 0)
    rows["is_in"], rows["is_divided"] = rows["numerator"].notna(), divided
    running = rows.fillna({"numerator": 0, "denominator": 0}).groupby(FIGURE)
    summed = running[["numerator", "with_denominator", "denominator", "is_in", "is_divided"]].cumsum()
    some = summed["is_divided"] > 0
    months_in, unit = summed["is_in"], rows["unit"]
    by = np.select([unit == "count_vs_target", unit == "days_per_head"], [12, months_in], 1)
    numerator = summed["with_denominator"].where(some, summed["numerator"])
    denominator = summed["denominator"].where(some) / by
    value = numerator / denominator.replace(0, np.nan)
    scaled = value.where(unit != "days_per_head", value * 12 / months_in)
    sums = {"numerator": numerator, "denominator": denominator, "value": value, "scaled_value": scaled}
    return rows[[*FIGURE, "period_month", "months_due"]].assign(**sums, months_in=months_in)


def _to_date(figures: pd.DataFrame, targets: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    national = figures.loc[figures["pool_code"] == "ENW", ["measure_code", "period_month", "value"]]
    rows = figures[figures["pool_code"] != "ENW"].rename(columns={"pool_code": "area_code"})
    rows = rows.merge(measures[["measure_code", "direction"]], on="measure_code")
    own = targets.rename(columns={"unit_code": "area_code", "direction": "own_direction"})
    rows = rows.merge(own, how="left", on=["area_code", "measure_code", "performance_year"])
    rows = rows.merge(
        national.rename(columns={"value": "national_value"}), how="left", on=["measure_code", "period_month"]
    )
    counted = rows["denominator"].notna().astype(float).replace(0, np.nan)
    target = rows["target"].where(rows["unit"] != "count_vs_target", counted)
    higher = rows["own_direction"].fillna(rows["direction"]) == "higher"
    scaled, aim = rows["scaled_value"], target.replace(0, np.nan)
    inverse = np.where((target > 0) & (scaled == 0), 1, aim / scaled.replace(0, np.nan))
    met = np.where(higher, scaled >= target - 1e-9, scaled <= target + 1e-9)
    close = np.where(higher, scaled >= 0.9 * target - 1e-9, scaled <= 1.1 * target + 1e-9)
    status = pd.Series(np.select([met, close], ["met", "close"], "missed"), index=rows.index)
    rows["status"] = status.where(aim.notna() & scaled.notna(), None)
    rows["target"], rows["achievement"] = target, np.where(higher, scaled / aim, inverse)
    figure = ["numerator", "denominator", "value", "target", "achievement", "national_value", "status"]
    key = ["area_code", "measure_code", "performance_year", "period_month"]
    return rows[[*key, *figure, "months_in", "months_due"]]


if __name__ == "__main__":
    run(build)
