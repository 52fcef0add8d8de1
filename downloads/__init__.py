"""What people download: the tables of the edition, and a workbook of each inspection and area."""

from downloads.build import Downloads, write_downloads

__all__ = ["Downloads", "write_downloads"]
