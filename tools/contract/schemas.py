"""The JSON Schemas of events' data, as the domain writes them today: canonical, so stricter than what requests may say.

Objects are open: a reader passes over what it does not know.
"""

from dataclasses import MISSING, fields
from typing import get_args

from cars.domain.reading import MAX_MILEAGE, MAX_YEAR
from cars.domain.representation import READERS
from cars.domain.root import CarEvent, Created
from cars.domain.stored_events import SCHEMA_VERSIONS
from cars.domain.values import CarType, Color, Condition, Make, Model
from tools.openapi.schemas import MODEL_OF_MAKE, UUID, Json, record

DIALECT = "https://json-schema.org/draft/2020-12/schema"

EVENTS: tuple[type[CarEvent], ...] = get_args(CarEvent)

FIELDS: dict[str, Json] = {
    "year": {
        "type": "integer",
        "minimum": min(car_type.first_year for car_type in CarType),
        "maximum": MAX_YEAR,
        "description": "The model year",
    },
    "make": {"type": "string", "enum": [make.value for make in Make], "description": "Who built it"},
    "model": {"type": "string", "enum": [model.value for model in Model], "description": "What the maker calls it"},
    "vin": {
        "type": "string",
        "pattern": "^[A-HJ-NPR-Z0-9]{17}$",
        "description": "The vehicle identification number (ISO 3779), in upper case",
    },
    "color": {"type": "string", "enum": [color.value for color in Color], "description": "The paint's color"},
    "mileage": {
        "type": "integer",
        "minimum": 0,
        "maximum": MAX_MILEAGE,
        "description": "What the odometer shows, in miles; it never goes down",
    },
    "owner": {
        **UUID,
        "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        "not": {"const": "00000000-0000-0000-0000-000000000000"},
        "description": "Whose it is: a UUID in lower case, not the nil UUID",
    },
    "condition": {
        "type": "string",
        "enum": [condition.value for condition in Condition],
        "description": "From best to worst",
    },
}
"""What events hold, by the names of READERS."""


def schema_of(event: type[CarEvent]) -> Json:
    """Describe what an event of this type holds, in its newest schema version."""
    name = event.__name__
    said = (event.__doc__ or "").removeprefix("Event: ")
    return {
        "$schema": DIALECT,
        "$id": f"urn:cars:schemas:{name}:{SCHEMA_VERSIONS[name]}",
        "title": name,
        "description": said[:1].upper() + said[1:],
        **_data_of(event),
    }


def _data_of(event: type[CarEvent]) -> Json:
    """Describe a created car, or the fields of a change; those with a default value may be missing."""
    if event is Created:
        return record({name: FIELDS[name] for name in READERS}, **MODEL_OF_MAKE)
    optional = [field.name for field in fields(event) if field.default is not MISSING]
    return record({field.name: FIELDS[field.name] for field in fields(event)}, *optional)
