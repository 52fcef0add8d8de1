"""A notebook to begin with: which tables there are, and a first question.

python analyses/first.py            prints the answer
marimo edit analyses/first.py       lets you change it

`casebook open notebook` makes a copy of it in your folder. It reads warehouse/current/analyst.duckdb, or that of the
folder in CASEBOOK_WAREHOUSE, and writes nothing.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Casebook")


@app.cell
def _():
    import casebook

    warehouse = casebook.open()
    return (warehouse,)


@app.cell
def _(warehouse):
    warehouse.tables().df()
    return


@app.cell
def _(warehouse):
    warehouse.columns("fct_section_score").df()
    return


@app.cell
def _(warehouse):
    scores = warehouse.sql("""
        select inspection_id, section_code, score_pct
        from fct_section_score
        where sample_group = 'all'
        order by inspection_id, section_code
    """).df()
    scores
    return (scores,)


@app.cell
def _(scores, warehouse):
    print(scores.to_string(index=False))
    print(warehouse.cite("marts.fct_section_score"))
    return


if __name__ == "__main__":
    app.run()
