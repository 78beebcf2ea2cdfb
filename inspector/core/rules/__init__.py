"""All rules, in the order in which their findings are told. A rule is one small function and one entry in a list."""

from inspector.core.findings import Rule

ALL_RULES: tuple[Rule, ...] = ()
