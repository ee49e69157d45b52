"""This project, as the commands of its authors write it."""

from resources import RESOURCES
from tools.article import EXAMPLE_CAR
from tools.paths import ROOT
from trigger_pattern_authoring.openapi.examples import Example
from trigger_pattern_authoring.openapi.stack import Stack
from trigger_pattern_authoring.project import Project

STACK = Stack(
    title="Car registry",
    summary="A car registry that never forgets",
    version="0.1.0",
    service="cars",
    examples={"car": Example(EXAMPLE_CAR, {"color": "red", "mileage": 15000})},
)
PROJECT = Project(ROOT, RESOURCES, STACK, tests="tests/resources")
