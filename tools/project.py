"""This project, as the commands of its authors write it."""

from resources import RESOURCES
from tools.article import EXAMPLE_CAR
from tools.paths import ROOT
from trigger_pattern_authoring.openapi.examples import Example
from trigger_pattern_authoring.project import Project

EXAMPLES = {"car": Example(EXAMPLE_CAR, {"color": "red", "mileage": 15000})}
PROJECT = Project(ROOT, RESOURCES, EXAMPLES, tests="tests/resources")
STACK = PROJECT.stack(PROJECT.template.read_text(encoding="utf-8"))
