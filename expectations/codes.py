"""Codes that several kinds of delivery share, as the programmes and NSmart define them."""

from expectations.contract import Column

ORDER_TYPES = ("CRO", "CPO", "CPRO", "DTTO", "CO", "SSO", "LIC", "CUS")
RISK_OF_HARM = ("L", "M", "H", "V")
SEX = ("M", "F", "U")
YES_NO = ("Y", "N")
EVIDENCE_RATINGS = ("very_strong", "strong", "good", "satisfactory", "weak")

INSPECTION_KEY = r"[A-Za-z0-9][A-Za-z0-9-]*"
AREA_MONTH_KEY = r"[A-Z]{3}(-[NESW])?_(0[1-9]|1[0-2])[0-9]{2}"

INSPECTION_ID = Column("inspection_id")
CASE_ID = Column("case_id", identifier=True)
AREA_CODE = Column("area_code")
