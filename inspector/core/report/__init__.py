"""The report in four forms over one sheet, and what is left of it when redacted."""
