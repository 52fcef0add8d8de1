"""Codes that several kinds of delivery share, as the programmes and NSmart define them."""

from expectations.contract import Column, Rule
from expectations.reference import ethnicity_codes, sql_list

ORDER_TYPES = ("CRO", "CPO", "CPRO", "DTTO", "CO", "SSO", "LIC", "CUS")
RISK_OF_HARM = ("L", "M", "H", "V")
SEX = ("M", "F", "U")
YES_NO = ("Y", "N")
EVIDENCE_RATINGS = ("very_strong", "strong", "good", "satisfactory", "weak")

INSPECTION_KEY = r"[A-Za-z0-9][A-Za-z0-9-]*"
AREA_MONTH_KEY = r"[A-Z]{3}(-[NESW])?_(0[1-9]|1[0-2])[0-9]{2}"

INSPECTION_ID = Column("inspection_id")
CASE_ID = Column("case_id", identifier=True)
AREA_CODE = Column("area_code", meaning="Area as delivered; not checked yet.")
AREA_OR_QUADRANT = Column(
    "area_code",
    meaning="Area as delivered: one of the 42 areas or a quadrant of London (seed `units`); not checked yet.",
)

KNOWN_ETHNICITY = Rule(
    "ethnicity_known",
    "ethnicity should be one of the 16+1 codes",
    f"ethnicity not in ({sql_list(ethnicity_codes())})",
    severity="warning",
)
"""Never holds a row: a code that is not known counts as not known. None at all is told by the share of empty cells."""
