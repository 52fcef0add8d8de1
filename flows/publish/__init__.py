"""From tables to a publication: assemble, gate, history, readers' rights."""
