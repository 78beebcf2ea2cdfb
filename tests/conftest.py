"""Shared by all tests: no test may reach the developer's own settings or keyring."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Windows share one screen, with one focus and one clipboard: in a parallel run their tests stay on one worker."""
    for item in items:
        if {"qapp", "qtbot"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group("window"))
