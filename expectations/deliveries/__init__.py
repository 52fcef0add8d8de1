"""Every kind of delivery, a module each; `DELIVERIES` has them by kind."""

from expectations.contract import Delivery
from expectations.deliveries.area_profile import AREA_PROFILE
from expectations.deliveries.case_classification import CASE_CLASSIFICATION
from expectations.deliveries.case_need import CASE_NEED
from expectations.deliveries.case_outcome import CASE_OUTCOME
from expectations.deliveries.case_sample import CASE_SAMPLE
from expectations.deliveries.caseload import CASELOAD
from expectations.deliveries.decision import DECISION
from expectations.deliveries.inspection import INSPECTION
from expectations.deliveries.ippf import IPPF
from expectations.deliveries.judgement import JUDGEMENT
from expectations.deliveries.management_evidence import MANAGEMENT_EVIDENCE
from expectations.deliveries.nsmart import NSMART
from expectations.deliveries.performance_return import PERFORMANCE_RETURN
from expectations.deliveries.performance_target import PERFORMANCE_TARGET
from expectations.deliveries.published_score import PUBLISHED_SCORE
from expectations.deliveries.recommendation import RECOMMENDATION
from expectations.deliveries.score_adjustment import SCORE_ADJUSTMENT
from expectations.deliveries.survey import SURVEY
from expectations.deliveries.theme import THEME
from expectations.deliveries.theme_recommendation import THEME_RECOMMENDATION
from expectations.deliveries.unpaid_work import UNPAID_WORK

DELIVERIES: dict[str, Delivery] = {
    delivery.kind: delivery
    for delivery in (
        INSPECTION,
        CASE_SAMPLE,
        JUDGEMENT,
        MANAGEMENT_EVIDENCE,
        SCORE_ADJUSTMENT,
        PUBLISHED_SCORE,
        CASE_OUTCOME,
        SURVEY,
        RECOMMENDATION,
        DECISION,
        CASE_NEED,
        CASE_CLASSIFICATION,
        THEME,
        THEME_RECOMMENDATION,
        NSMART,
        PERFORMANCE_RETURN,
        PERFORMANCE_TARGET,
        AREA_PROFILE,
        IPPF,
        UNPAID_WORK,
        CASELOAD,
    )
}
