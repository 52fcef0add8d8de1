"""A small good delivery of every kind: the first rows of the example that its contract names, or invented ones."""

import csv
from pathlib import Path

from expectations.deliveries import DELIVERIES

EXAMPLES = Path(__file__).parents[2] / "examples"
ROWS = 12
"""Rows taken of an example: enough for a few bad ones to stay below half of the file."""

INVENTED = {
    "score_adjustment_ESI-BED-2005": """\
inspection_id,sample_group,criterion_code,adjusted_rating,reason,decided_by,decided_on
ESI-BED-2005,all,1.1,good,Two strong files weighed more,Lead inspector,2005-06-01
ESI-BED-2005,all,1.2,weak,"Plans, where found, were late",Lead inspector,2005-06-01
ESI-BED-2005,all,1.3,strong,New evidence,Lead inspector,2005-06-02
""",
    "case_outcome_ESI-BED-2005": "inspection_id,case_id,oasys_start,oasys_latest,oasys_rescored_on,reconvicted_on,"
    "observed_to\n"
    + "".join(f"ESI-BED-2005,BED/{n},{50 + n},{40 + n},2005-03-{n:02},,2006-01-01\n" for n in range(1, 9)),
    "area_profile_2005": "area_code,as_at,population,density_per_sq_km,minority_ethnic_pct,recorded_crime_per_1000,"
    "violent_crime_per_1000,found_guilty_or_cautioned_per_100k,family_group,main_revenue_gbp_m,size_rank,"
    "scorecard_rank,scorecard_units,source\n"
    + "".join(
        f"{area},2005-04-01,50000{n},4{n}0.5,9.1,8{n},1{n}.2,,B,9.7,3{n},1{n},42,invented\n"
        for n, area in enumerate(("BED", "NWA", "CAM", "DUR"))
    ),
    "ippf_NWA_2007": "area_code,period_from,period_to,domain,metric,actual,target,national,previous_year,ippf_grade,"
    "counts_towards_domain\n"
    + "".join(
        f"NWA,2007-04-01,2008-03-31,Public protection,Metric {n},9{n}%,90%,8{n}.5%,,{n % 4 + 1},1\n" for n in range(6)
    ),
    "case_need_ESI-BED-2005": "inspection_id,case_id,need,progress\n"
    + "".join(
        f"ESI-BED-2005,BED/2005/{n:04},{need},{progress}\n"
        for n in range(1, 5)
        for need, progress in (("alcohol", "better"), ("peer influences", ""))
    ),
    "theme_BED-UPW": "theme_code,theme_title,sample_group,area_code,inspection_id,cases_about,"
    "severe_stand_downs_areas,work_without_risk_assessment_areas\n"
    + "".join(f"BED-UPW,Unpaid work,unpaid_work,{area},,260,4,4\n" for area in ("BED", "HUM", "LON", "WMC")),
    "theme_recommendation_BED-UPW": "theme_code,recommendation_no,theme,addressed_to,due_on,status,status_on\n"
    + "".join(f"BED-UPW,{n},better plans,Board,2007-01-{n:02},open,2006-03-{n:02}\n" for n in range(1, 7)),
    "unpaid_work_BED_2005": "area_code,year,table,item,value,unit\n"
    + "".join(f"BED,2004/05,Placements,Kind {n},{n}2.5,percent\n" for n in range(6)),
}


def good_deliveries() -> dict[str, list[list[str]]]:
    """Records, the header first, by the file's name without its ending."""
    found = {name: list(csv.reader(text.splitlines())) for name, text in INVENTED.items()}
    invented = {_kind(name) for name in INVENTED}
    for example in (delivery.file_key_example for kind, delivery in DELIVERIES.items() if kind not in invented):
        path = next(EXAMPLES.rglob(example), None)
        assert path is not None, f"there is no example {example}: add it to examples/, or rows to INVENTED"
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = list(csv.reader(file))[: ROWS + 1]
    return found


def _kind(name: str) -> str:
    return next(kind for kind in sorted(DELIVERIES, key=len, reverse=True) if name.startswith(f"{kind}_"))
