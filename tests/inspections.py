"""An invented inspection, small enough to score by hand."""

from collections.abc import Mapping

from tests.samples import Row, csv_text

CASE: Row = {
    "area_code": "BED",
    "sample": "main",
    "order_type": "CRO",
    "requirements": "SUP",
    "commenced_on": "2004-11-29",
    "sex": "M",
    "ethnicity": "W1",
    "age_band": "21-24",
    "risk_of_harm": "M",
    "ppo": "N",
    "mappa_level": "",
    "tier": "3",
    "oasys_alcohol": "2",
    "oasys_drugs": "7",
    "assessor_type": "inspector",
    "team_code": "BED-03",
}


def inspection(inspection_id: str, framework_code: str, follow_up_of: str = "") -> str:
    """The delivery of one inspection of Bedfordshire."""
    return csv_text(
        [
            {
                "inspection_id": inspection_id,
                "framework_code": framework_code,
                "area_code": "BED",
                "inspection_title": "An invented inspection",
                "fieldwork_from": "2005-09-05",
                "fieldwork_to": "2005-10-07",
                "published_on": "2006-01-31",
                "follow_up_of": follow_up_of,
                "performance_year": "",
            }
        ]
    )


def cases(inspection_id: str, case_ids: Mapping[str, str]) -> str:
    """The delivery of its cases: identifier to sample."""
    return csv_text(
        [
            {"inspection_id": inspection_id, "case_id": case_id, **CASE, "sample": sample}
            for case_id, sample in case_ids.items()
        ]
    )


def judgements(inspection_id: str, answers: Mapping[str, str]) -> str:
    """The delivery of its judgements: each question's answers in the order of cases 1, 2, 3..., a letter each.

    s is sufficient, p is poor, n is not applicable, - is no judgement.
    """
    words = {"s": "sufficient", "p": "poor", "n": "not_applicable"}
    return csv_text(
        [
            {
                "inspection_id": inspection_id,
                "case_id": f"case/{number}",
                "question_code": code,
                "answer": words[letter],
            }
            for code, letters in answers.items()
            for number, letter in enumerate(letters, start=1)
            if letter != "-"
        ]
    )


def rows(inspection_id: str, header: str, *lines: str) -> str:
    """A delivery written out: the header after inspection_id, and lines of cells."""
    return "\n".join([f"inspection_id,{header}", *(f"{inspection_id},{line}" for line in lines)]) + "\n"
