"""Fixtures for the view models: a runner of jobs over the real services, pointed at the demo service."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from inspector.viewmodels.job_runner import JobRunner
from inspector.viewmodels.services import Services
from inspector.viewmodels.session import Session
from tests.live_services import demo_services

MakeRunner = Callable[[Callable[[], Services]], JobRunner]


@pytest.fixture
def make_runner(qtbot: QtBot) -> Iterator[MakeRunner]:
    """Makes a runner, which is closed in the end."""
    made: list[JobRunner] = []

    def make(make_services: Callable[[], Services]) -> JobRunner:
        made.append(JobRunner(make_services))
        return made[-1]

    yield make
    for runner in made:
        runner.close()


@pytest.fixture
def runner(make_runner: MakeRunner) -> JobRunner:
    return make_runner(demo_services)


@pytest.fixture
def session(runner: JobRunner) -> Session:
    return Session(runner)
