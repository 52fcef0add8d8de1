"""Bounds on what a delivery may hold. They are checked before memory is spent."""

LARGEST_CONTENT = 128 << 20
"""Bytes a compressed file may unpack to: hundreds of times what a delivery has."""

MOST_COLUMNS = 200
MOST_CELLS = 10_000_000
"""Cells a file may span. In a workbook a single cell at the far corner would make millions of empty ones."""

TOO_MANY_COLUMNS = (
    f"The file has more than {MOST_COLUMNS} columns: delete those beside the table, and stray cells far to its right."
)
TOO_MANY_CELLS = f"The file has more than {MOST_CELLS:,} cells: deliver it in parts."


def unpacks_to_more(what: str) -> str:
    """The sentence for a file that is too large unpacked."""
    return f"The {what} unpacks to more than {LARGEST_CONTENT >> 20} MB."
