"""A count that is exact on a page, in a picture or in a workbook, and perturbed in the tables, is found."""

from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from attack.behind import findings
from attack.noise import Unreadable

PUBLISHED, EXACT = 17, 19
QUERY = """<pre class="sql"><code>set variable area_code = &#39;BED&#39;;
select area_name, missed, base, share from public.figure where area_code = getvariable(&#39;area_code&#39;)
order by area_name</code></pre>"""
PAGE = """<section class="casebook-figure"><h2>Missed in 2004 and 1900 others</h2>{figure}
<a href="../queries/area-figure.html">Query<span> behind it</span></a> with area_code = BED</p></section>"""
TABLE = """<table><tr><th>Area</th><th>Missed</th><th>Share</th></tr>
<tr><th scope="row">Bedfordshire, 1 the largest</th><td>{missed} of 1,200</td><td>86%</td></tr>
<tr><th scope="row">Luton</th><td>19 of 40</td><td>53%</td></tr></table>"""
PICTURE = """<svg><text text-anchor="middle" transform="translate(0,18)" fill="#000">0</text>
<text text-anchor="middle" transform="translate(100,18)" fill="#000">20</text>{mark}</svg>"""
BAR = '<path d="M0,5h{width}v14h-{width}Z" fill="#12436D"/>'
INTERVAL = '<line transform="translate(85,0)" x2="{width}" y2="0" stroke="#12436D" stroke-width="3"/>'
POINT = '<path transform="translate({width},5)" d="M5,0A5,5" fill="#12436D"/>'


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A release with two counts and the query that finds them."""
    with duckdb.connect(str(tmp_path / "public.duckdb")) as connection:
        connection.execute("create schema public.public")
        connection.execute(
            "create table public.public.figure as select * from (values "
            f"('BED', 'Bedfordshire', {PUBLISHED}, 1200, 0.86), ('BED', 'Luton', 19, 40, 0.53)) "
            "as rows (area_code, area_name, missed, base, share)"
        )
    (tmp_path / "site" / "queries").mkdir(parents=True)
    (tmp_path / "site" / "queries" / "area-figure.html").write_text(f"<code>public</code>{QUERY}", encoding="utf-8")
    return tmp_path


def says(release: Path, figure: str) -> list[str]:
    """What is found where the release has a page with this figure."""
    (release / "site" / "BED.html").write_text(PAGE.format(figure=figure), encoding="utf-8")
    return [finding.says for finding in findings(release)]


@pytest.mark.parametrize(
    ("missed", "found"),
    [(PUBLISHED, []), (EXACT, ["shows numbers that the query behind the figure does not find"])],
)
def test_an_exact_count_on_a_page_is_found_though_another_row_has_that_number(
    missed: int, found: list[str], release: Path
) -> None:
    assert says(release, TABLE.format(missed=missed)) == found


@pytest.mark.parametrize("mark", [BAR, INTERVAL, POINT])
@pytest.mark.parametrize(("at", "is_found"), [(PUBLISHED, False), (EXACT, False), (PUBLISHED + 1, True)])
def test_an_exact_count_in_a_picture_is_found(mark: str, at: int, is_found: bool, release: Path) -> None:
    width = 5 * at - (85 if mark == INTERVAL else 0)
    found = ["draws points that the query behind the picture does not find"] if is_found else []
    assert says(release, PICTURE.format(mark=mark.format(width=width))) == found


def write_workbook(path: Path, missed: object) -> None:
    """A workbook with one sheet that names its query."""
    path.parent.mkdir(parents=True)
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Figure")
        rows = [["Source: query: site/queries/area-figure.html"], ["Area", "Missed"], ["Bedfordshire", missed]]
        for at, row in enumerate([*rows, ["Luton", 19]]):
            sheet.write_row(at, 0, row)


@pytest.mark.parametrize(
    ("missed", "found"),
    [
        (PUBLISHED, []),
        ("17 of 1,200", []),
        (EXACT, ["holds numbers that the query behind the sheet does not find"]),
        ("19 of 1,200", ["holds numbers that the query behind the sheet does not find"]),
    ],
)
def test_an_exact_count_in_a_workbook_is_found(missed: object, found: list[str], release: Path) -> None:
    write_workbook(release / "downloads" / "workbooks" / "BED.xlsx", missed)
    assert [finding.says for finding in findings(release)] == found


def test_pages_without_a_figure_that_can_be_compared_are_found(release: Path) -> None:
    found = ["has no figure with the query behind it: nothing could be compared"]
    assert [finding.says for finding in findings(release)] == found


def test_a_figure_without_the_query_behind_it_is_found(release: Path) -> None:
    (release / "site" / "BED.html").write_text('<section class="casebook-figure">17</section>', encoding="utf-8")
    assert "shows a figure without the query behind it" in [finding.says for finding in findings(release)]


def test_a_query_that_is_not_there_is_named(release: Path) -> None:
    (release / "site" / "queries" / "area-figure.html").unlink()
    with pytest.raises(Unreadable, match=r"area-figure\.html: is not there"):
        says(release, TABLE.format(missed=PUBLISHED))


@pytest.mark.parametrize("query", ["select * from public.gone", "copy (select 1) to 'somewhere.csv'"])
def test_a_query_that_fails_or_would_write_is_named(query: str, release: Path) -> None:
    path = release / "site" / "queries" / "area-figure.html"
    path.write_text(f"<pre><code>{query}</code></pre>", encoding="utf-8")
    with pytest.raises(Unreadable, match="query area-figure fails"):
        says(release, TABLE.format(missed=PUBLISHED))
