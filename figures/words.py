"""Words that stand in cells for a status, and what they mean; texts of Markdown as plain words."""

from collections.abc import Iterable

from markdown_it import MarkdownIt

from figures.define import Column
from figures.read import Rows
from figures.show import word

STATUSES = {
    "shown": "the value is there",
    "few_cases": "the value is there and unreliable, as it is of few people or acts",
    "rough": "the value is there and is of 20 to 49 people: to be read with care",
    "few_people": "no value, as it is of too few people to be shown",
    "high": "no value: over 95 % of fewer than 50 people",
    "low": "no value: under 5 % of fewer than 50 people",
    "not_applicable": "no value, as there can be none",
    "not_available": "no value, as nothing was delivered or published that it could be made of",
}
"""What a column figure_status says, in either edition."""

WORDS = {
    "met": "on target or better; of a deadline: kept",
    "met late": "done after the deadline",
    "close": "within a tenth of the target",
    "missed": "further than a tenth from the target",
    "overdue": "due, and not there",
    "not yet due": "the deadline is still to come",
    "not followed": "not watched, because the programme no longer runs",
    "no date yet": "the date that the deadline is counted from is not known",
    "lapsed": "the first month of a sender who has sent nothing for long",
    "expected": "due next",
    "received": "delivered, and counted",
    "present": "there is a figure",
    "not due": "the delivery may still come in time, or the measure has no figures in that year",
    "held": "rows of the delivery, or all of it, wait to be mended",
    "missing": "the delivery should have come and did not",
    "open": "not carried out yet, as far as was delivered",
    "closed": "carried out",
    "superseded": "replaced by a later one",
    "consistent": "the printed figure can be what it should be made of",
    "inconsistent": "the printed figure cannot be what it should be made of",
    "equal": "the printed and the recomputed figure are the same once rounded as print",
    "differs": "the printed and the recomputed figure are not the same",
    "not derivable": "what it is computed from was not delivered or printed",
    "no counterpart": "nothing that was delivered counts the same",
    "as planned": "between the least and the most that was planned",
    "above": "more than planned, or than what it is compared with by more than chance",
    "below": "less than planned, or than what it is compared with by more than chance",
    "no difference shown": "the difference is within chance, which is no proof that there is none",
    "number not published": "the programme asks for a minimum and does not say how many",
    "compared": "both sides are there",
    "original not loaded": "the inspection that is followed up has not been delivered",
    "nothing comparable": "the two inspections share no question",
    "not in the caseload": "the caseload does not count this part",
    "not known of the sample": "the sample does not say who belongs to this part",
    "caseload smaller than its sample": "the two do not count the same",
    "pooled": "the inspection is part of the pool",
    "no cases of the theme": "the inspection has no case of the theme",
    "no inspection of ours": "the report names an area whose inspection was not delivered",
    "reliable": "of enough cases to be relied on",
    "indicative": "of few cases: a hint, to be read with its interval",
    "too few": "of too few cases for an interval",
    "inside": "within the limits of chance",
    "outside 95% limits": "chance alone would put one in twenty there",
    "outside 99.8% limits": "chance alone would put one in 500 there",
    "above limits": "above what chance allows, set against the months before",
    "below limits": "below what chance allows, set against the months before",
}
"""What a word of a verdict, a status or a reliability means, in small letters."""

OF_STATUS = {"reliability", "comparison", "place", "signal", "six_month_signal", "status"}
"""Columns whose words are among WORDS though they are no tags."""

PROPER = ("England", "OASys")
"""Names that a title begins with."""

MARKDOWN = MarkdownIt("commonmark")


def is_of_status(column: Column) -> bool:
    """Whether a column holds words of WORDS, none of which the figure itself puts in other words."""
    return not column.words and (column.show == "tag" or (column.show == "word" and column.name in OF_STATUS))


def words_in(found: Iterable[Rows]) -> list[tuple[str, str]]:
    """The words of a status that stand in figures, as they are shown, with what they mean; each once."""
    used = {
        str(row[column.name])
        for each in found
        for column in each.figure.columns
        if is_of_status(column)
        for row in each.rows
        if row[column.name] is not None
    }
    return [(word(each), WORDS[each]) for each in sorted(used & WORDS.keys())]


def plain(markdown: str) -> str:
    """The words of a Markdown text: of a link what it is called, of a paragraph a line."""
    blocks = [token.children or [] for token in MARKDOWN.parse(markdown) if token.type == "inline"]
    return "\n".join("".join(_words(child.type, child.content) for child in block) for block in blocks)


def lower_first(title: str) -> str:
    """A title as it stands within a sentence: a name keeps its capital."""
    return title if title.startswith(PROPER) else title[:1].lower() + title[1:]


def _words(kind: str, content: str) -> str:
    return " " if kind in ("softbreak", "hardbreak") else content
