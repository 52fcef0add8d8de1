"""A walk through one inspection: Bedfordshire, Effective Supervision Inspection, 2005.

python analyses/bedfordshire.py            prints the summary sheet and what was checked
marimo run analyses/bedfordshire.py        shows it as a page
marimo edit analyses/bedfordshire.py       lets you change it

It reads warehouse/current/analyst.duckdb, or that of the folder in CASEBOOK_WAREHOUSE, and writes nothing.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Bedfordshire 2005")


@app.cell(hide_code=True)
def _():
    import os
    from pathlib import Path

    import altair as alt
    import duckdb
    import marimo as mo
    from scipy.stats import t as students_t

    return Path, alt, duckdb, mo, os, students_t


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    # Bedfordshire, 2005: from the judgements to the printed page

    A hundred cases were judged on the questions of the Effective Supervision Inspection. This page starts from
    the scores as the report prints them, makes one of them again from its questions and one interval again from
    the judgements, and shows what the numbers can and cannot carry.

    The cases of the examples are **invented**; they were made so that the scores come out at the published
    figures.
    """)
    return


@app.cell
def _(Path, duckdb, os):
    warehouse = Path(os.environ.get("CASEBOOK_WAREHOUSE", "warehouse"))
    connection = duckdb.connect(str(warehouse / "current" / "analyst.duckdb"), read_only=True)
    inspection = "ESI-BED-2005"

    def ask(sql, **values):
        """A query as a data frame; $inspection is the inspection of this page."""
        named = {"inspection": inspection, **values}
        used = {name: value for name, value in named.items() if f"${name}" in sql}
        return connection.execute(sql, used).df()

    return (ask,)


@app.cell
def _(ask, mo):
    publication = ask("select run_id, business_date from ops.publication").iloc[0]
    mo.md(f"""
    Read from publication `{publication.run_id}` (business date {publication.business_date:%d %B %Y}). Cite the
    run id: the same publication always gives the same figures.
    """)
    return (publication,)


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ## The summary sheet

    Percentages are scored from judgements; words for management are derived from evidence. A section is the
    mean of its criteria by weight (critical 2, important 1), the overall figure the mean of sections B, C and D
    by theirs. Nothing is rounded on the way up: that is why the sheet cannot be checked from its own whole
    numbers to the last point.
    """)
    return


@app.cell
def _(ask, mo):
    sheet = ask("""
        with scored as (
            select inspection_id, sample_group, criterion_code as code, score_pct, published_score_pct, '' as word
            from marts.fct_criterion_score
            union all
            select inspection_id, sample_group, section_code, score_pct, published_score_pct, ''
            from marts.fct_section_score
            union all
            select inspection_id, sample_group, 'Overall', score_pct, published_score_pct, ''
            from marts.fct_overall_score
            union all
            select inspection_id, sample_group, criterion_code, null, null, rating
            from marts.fct_management_rating
        ),

        titles as (
            select framework_code, section_code as code, section_title as title from marts.dim_section
            union all
            select framework_code, criterion_code, criterion_title from marts.dim_criterion
        )

        select
            scored.code,
            coalesce(titles.title, 'Overall score') as title,
            scored.word,
            scored.score_pct as recomputed,
            scored.published_score_pct as published
        from scored
        inner join marts.dim_inspection using (inspection_id)
        left join titles using (framework_code, code)
        where inspection_id = $inspection and sample_group = 'all'
        order by scored.code
    """)
    mo.ui.table(sheet, pagination=False, selection=None, show_column_summaries=False)
    return (sheet,)


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ## One criterion, made again from its questions

    B1 is the mean of the proportions of its questions: of the cases to which a question applied, how many were
    judged sufficient or excellent. A question that applied to nobody takes no part.
    """)
    return


@app.cell
def _(ask, mo):
    questions = ask("""
        select
            score.question_code, question.question_text, question.weight, score.above_line_cases, score.relevant_cases,
            score.proportion
        from marts.fct_question_score as score
        inner join marts.dim_question as question
            on score.framework_code = question.framework_code and score.question_code = question.question_code
        where score.inspection_id = $inspection and score.sample_group = 'all' and score.criterion_code = 'B1'
            and score.relevant_cases > 0
        order by score.question_code
    """)
    mo.ui.table(questions.round(3), pagination=False, selection=None, show_column_summaries=False)
    return (questions,)


@app.cell
def _(ask, mo, questions):
    remade = (questions["weight"] * questions["proportion"]).sum() / questions["weight"].sum()
    b1 = ask("""
        select cases, score, standard_error, variance_floor, n_eff, ci_low, ci_high, published_score_pct
        from marts.fct_criterion_score
        where inspection_id = $inspection and sample_group = 'all' and criterion_code = 'B1'
    """).iloc[0]
    mo.md(f"""
    The mean of these {len(questions)} proportions is **{remade:.4f}**; the warehouse says {b1.score:.4f}; the
    report printed {b1.published_score_pct:.0f} %.
    """)
    return b1, remade


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Its interval, made again from the judgements

    Another hundred cases would have given another score. How far off, the cases tell themselves: each pulls the
    score up or down by

    $$z_i = \sum_q k_q \, \frac{a_{iq} - p_q \, r_{iq}}{R_q}$$

    where $k_q$ is the question's share of the criterion, $p_q$ its proportion, $R_q$ the cases it applied to,
    and $r_{iq}$, $a_{iq}$ say (0 or 1) whether it applied to case $i$ and was judged above the line. The $z_i$
    add up to nothing; their spread is the uncertainty: $\operatorname{var} = \frac{n}{n-1} \sum z_i^2$. Summing by
    case first takes in that answers about one case go together. The 95 % interval is Wilson's for a proportion of
    so many independent answers as would be as uncertain, $n_\text{eff} = S(1 - S) / (\operatorname{var} + f)$, with
    Student's t for $n$ cases; $f$ stands for questions whose answers all agree.
    """)
    return


@app.cell
def _(ask, b1, mo, students_t):
    pull = ask("""
        with questions as (
            select
                score.question_code,
                score.relevant_cases,
                score.proportion,
                question.weight / sum(question.weight) over () as share
            from marts.fct_question_score as score
            inner join marts.dim_question as question
                on score.framework_code = question.framework_code and score.question_code = question.question_code
            where score.inspection_id = $inspection and score.sample_group = 'all' and score.criterion_code = 'B1'
                and score.relevant_cases > 0
        )

        select
            case_key,
            sum(share * (is_above_line::int - proportion * is_relevant::int) / relevant_cases) as z
        from marts.fct_judgement
        inner join marts.dim_case using (inspection_id, case_key)
        inner join questions using (question_code)
        where inspection_id = $inspection and sample = 'main'
        group by case_key
    """)
    n = int(b1["cases"])
    standard_error = (n / (n - 1) * (pull["z"] ** 2).sum()) ** 0.5
    effective = b1["score"] * (1 - b1["score"]) / (standard_error**2 + b1["variance_floor"])
    width = students_t.ppf(0.975, n - 1)
    middle = b1["score"] + width**2 / (2 * effective)
    half = width * (b1["score"] * (1 - b1["score"]) / effective + width**2 / (4 * effective**2)) ** 0.5
    interval = tuple(end / (1 + width**2 / effective) for end in (middle - half, middle + half))
    mo.md(f"""
    From {len(pull)} cases: standard error **{standard_error:.4f}** (the warehouse says
    {b1.standard_error:.4f}), so B1 is **{b1.score:.0%}, between {interval[0]:.0%} and {interval[1]:.0%}**.
    """)
    return interval, standard_error


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ## Published against recomputed

    Every published figure stands beside the recomputed one, with a verdict. *Recomputed* asks whether the
    judgements give the published figure; *internal* asks whether published sections and overall figure follow
    from the published figures below them. What is not derivable lacks something that the check needs.
    """)
    return


@app.cell
def _(ask, mo):
    verdicts = ask("""
        select check_name, level, verdict, count(*) as figures
        from marts.fct_reconciliation
        where inspection_id = $inspection
        group by check_name, level, verdict
        order by check_name, level, verdict
    """)
    verdicts
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    ## How unpaid work differs

    The report looks at the cases with unpaid work among their requirements on their own. They are part of the
    hundred, so both figures move together; the standard error of the difference takes that in. All differences
    of a group are tested together: *beyond chance* is a q-value below 0.05.
    """)
    return


@app.cell
def _(ask, mo):
    theme = ask("""
        select
            comparison.code,
            comparison.score,
            comparison.all_score,
            comparison.difference,
            comparison.standard_error,
            comparison.q_value,
            comparison.beyond_chance,
            comparison.reliability,
            criterion.criterion_title
        from marts.fct_subsample_comparison as comparison
        inner join marts.dim_criterion as criterion
            on comparison.framework_code = criterion.framework_code and comparison.code = criterion.criterion_code
        where comparison.inspection_id = $inspection
            and comparison.sample_group = 'unpaid_work'
            and comparison.level = 'criterion'
        order by comparison.code
    """)
    mo.ui.table(theme.round(3), pagination=False, selection=None, show_column_summaries=False)
    return (theme,)


@app.cell
def _(alt, ask):
    drawn = ask("""
        select
            criterion_code as criterion,
            case sample_group when 'all' then 'All cases' else 'Unpaid work' end as cases,
            100 * score as score,
            100 * ci_low as low,
            100 * ci_high as high
        from marts.fct_criterion_score
        where inspection_id = $inspection and sample_group in ('all', 'unpaid_work')
    """)
    groups = alt.Scale(domain=["All cases", "Unpaid work"], range=["#12436D", "#F46A25"])
    base = alt.Chart(drawn).encode(
        y=alt.Y("criterion:N", title=None),
        yOffset=alt.YOffset("cases:N"),
        color=alt.Color("cases:N", scale=groups, title=None, legend=alt.Legend(orient="top")),
    )
    scale = alt.Scale(domain=[0, 100])
    chart = alt.layer(
        base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q", title="Score, per cent", scale=scale), x2="high:Q"),
        base.mark_point(filled=True, size=70, opacity=1).encode(
            x=alt.X("score:Q", scale=scale), shape=alt.Shape("cases:N", title=None, legend=None)
        ),
    ).properties(width=560, height=alt.Step(16), title="Scores of criteria with 95 % intervals")
    chart
    return


@app.cell(hide_code=True)
def _(mo, theme):
    beyond = ", ".join(theme[theme.beyond_chance == True].code)  # noqa: E712 -- NULL is neither
    within = ", ".join(theme[theme.beyond_chance == False].code)  # noqa: E712
    weak = ", ".join(theme[theme.reliability == "too few"].code)
    mo.md(f"""
    Beyond chance: {beyond or "none"}. Within it: {within}. Not tested, because too much of the score hangs on
    questions that applied to fewer than five of these cases: {weak or "none"}.
    """)
    return


@app.cell
def _(ask, mo):
    widths = ask("""
        with scores as (
            select inspection_id, sample_group, cases, 'criterion' as level, ci_high - ci_low as width
            from marts.fct_criterion_score
            union all
            select inspection_id, sample_group, cases, 'section', ci_high - ci_low from marts.fct_section_score
            union all
            select inspection_id, sample_group, cases, 'overall', ci_high - ci_low from marts.fct_overall_score
        )

        select
            sample_group_title as cases_of,
            max(cases) as cases,
            level,
            round(50 * min(width), 1) as least_points,
            round(50 * max(width), 1) as most_points
        from scores
        inner join marts.dim_sample_group using (sample_group)
        where inspection_id = $inspection and sample_group in ('all', 'unpaid_work', 'high_roh', 'tier_4')
        group by display_order, sample_group_title, level
        order by display_order, level
    """)
    mo.vstack(
        [
            mo.md("""
            ## Where the uncertainty matters

            How many points either side of its middle an interval reaches, where there is one:
            """),
            mo.ui.table(widths, pagination=False, selection=None, show_column_summaries=False),
        ]
    )
    return (widths,)


@app.cell(hide_code=True)
def _(mo):
    mo.md("""
    - Two criteria that are fewer points apart than that have not been told apart.
    - In the small groups whole criteria rest on a handful of cases: read their overall figure, if any.
    - A score against another area's: samples and cases differ. Use `fct_area_comparison`, which has funnel
      limits and scores standardised to the pooled mix of cases; never a list in order of scores.
    - The intervals are about sampling alone. They say nothing of how two inspectors would have judged the same
      case.
    """)
    return


@app.cell
def _(b1, interval, mo, publication, remade, sheet, standard_error):
    if mo.app_meta().mode == "script":
        print(f"Bedfordshire 2005, publication {publication.run_id}\n")
        print(sheet.to_string(index=False, na_rep=""))
        print(f"\nB1 from its questions: {remade:.4f}; in the warehouse: {b1.score:.4f}")
        print(
            f"its standard error from the judgements: {standard_error:.4f}; in the warehouse: {b1.standard_error:.4f}"
        )
        print(f"its 95 % interval: {interval[0]:.1%} to {interval[1]:.1%}")
    return


if __name__ == "__main__":
    app.run()
