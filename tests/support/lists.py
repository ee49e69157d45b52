"""The questions that lists of cars answer, and places in the lists."""

from resources.cars import CARS, Color, Condition, Make, Model, OwnerId, Vin
from tests.support.cars import CAR_ID
from trigger_pattern.application.listing import Place, Question, question_of
from trigger_pattern.http.cursors import write_cursor


def of_owner(owner: OwnerId) -> Question:
    return _served(owner=owner)


def with_vin(vin: Vin) -> Question:
    return _served(vin=vin)


def of_model(make: Make, model: Model, **then: Color | Condition) -> Question:
    """Ask for the cars of a model, perhaps for those in a color or in a condition alone."""
    return _served(make=make, model=model, **then)


def cursor(question: Question, order: str | None = None) -> str:
    """Write the cursor after the example car."""
    return write_cursor(CARS, question, Place(CAR_ID, order))


def _served(**filters: object) -> Question:
    question = question_of(CARS, filters)
    assert question, filters
    return question
