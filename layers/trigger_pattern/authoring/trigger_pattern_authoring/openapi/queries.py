"""The operations that read."""

from http import HTTPStatus
from typing import Final

from trigger_pattern.application.listing import served
from trigger_pattern.application.outcomes import OUTCOME_LIFETIME
from trigger_pattern.http.batches import BATCH
from trigger_pattern.http.problems import (
    gone,
    no_such_command,
    no_such_version,
    not_found,
    precondition_failed,
    unserved_filters,
)
from trigger_pattern_authoring.openapi import cloud_events, events
from trigger_pattern_authoring.openapi.bodies import example_of_page, example_shown
from trigger_pattern_authoring.openapi.headers import REQUEST_HEADERS
from trigger_pattern_authoring.openapi.outcomes import examples_of_outcomes
from trigger_pattern_authoring.openapi.parameters import events_query, item_query, list_query
from trigger_pattern_authoring.openapi.responses import INVALID_QUERY, answer, bare, content, or_else, problems, shared
from trigger_pattern_authoring.openapi.schemas import SPELLING, Json
from trigger_pattern_authoring.openapi.subject import Subject, listed

CHANGES: Final = "Changes"
"""The tag of commands."""


def get_item(subject: Subject) -> Json:
    """Describe how one resource is read."""
    resource, service = subject.resource, subject.service
    return {
        "operationId": subject.operation("get"),
        "summary": f"Read {subject.one}",
        "description": "Returns it as it is now, or as it was after its event `version`, or at the time `at`.",
        "tags": [subject.tag],
        "parameters": [*item_query(subject), REQUEST_HEADERS["If-Match"], REQUEST_HEADERS["If-None-Match"]],
        "responses": {
            HTTPStatus.OK: answer(
                f"The {subject.name}.",
                subject.schema(),
                "ETag",
                "Cache-Control",
                examples={"example": example_shown(subject)},
            ),
            HTTPStatus.NOT_MODIFIED: bare("The client has this version.", "ETag", "Cache-Control"),
            **problems(service, [not_found(resource), no_such_version(resource)]),
            **problems(service, [gone(resource)]),
            **problems(service, [precondition_failed(resource)]),
            **shared("Invalid", "Unavailable"),
        },
    }


def get_events(subject: Subject) -> Json:
    """Describe how a resource's events are read."""
    return {
        "operationId": subject.operation("list", "Events"),
        "summary": f"Read the events of {subject.one}",
        "description": "The oldest is first. Versions have no gaps, so `after` can be the last version seen. The "
        f"events of a deleted {subject.name} stay readable.\n\n"
        f"With `Accept: {BATCH}`, each event is in the envelope that the topic publishes, and the next page's address "
        "is in `Link`.",
        "tags": [subject.tag],
        "parameters": events_query(),
        "responses": {
            HTTPStatus.OK: or_else(
                BATCH,
                content(subject.schema("EventBatch"), {"example": cloud_events.example_of_batch(subject)}),
                answer(
                    "A page of events.",
                    subject.schema("EventPage"),
                    "Cache-Control",
                    "Link",
                    "Vary",
                    examples={"example": events.example_of_page(subject)},
                ),
            ),
            **problems(subject.service, [not_found(subject.resource)]),
            **shared("Invalid", "Unavailable"),
        },
    }


def get_command(subject: Subject) -> Json:
    """Describe how a command's outcome is read."""
    return {
        "operationId": subject.operation("get", "Command"),
        "summary": f"Read the outcome of a command about {subject.one}",
        "description": f"Kept for {OUTCOME_LIFETIME.days} days if the command changed nothing, for ever if it did.",
        "tags": [CHANGES],
        "parameters": [],
        "responses": {
            HTTPStatus.OK: answer(
                "The outcome.",
                subject.schema("CommandOutcome"),
                "Cache-Control",
                examples=examples_of_outcomes(subject),
            ),
            **problems(subject.service, [no_such_command(subject.resource)]),
            **shared("Invalid", "Unavailable"),
        },
    }


def get_list(subject: Subject) -> Json:
    """Describe how resources are listed."""
    combinations = [names for names, _ in served(subject.resource)]
    by = "; by ".join(listed(list(names)) for names in combinations)
    return {
        "operationId": subject.listing,
        "summary": f"List {subject.plural}",
        "description": f"By {by or 'no field'}. The latest changes may be missing for a moment. What was deleted is "
        f"not listed. {SPELLING}",
        "tags": [subject.tag],
        "parameters": list_query(subject),
        "responses": {
            HTTPStatus.OK: answer(
                f"A page of {subject.plural}.",
                subject.schema("Page"),
                "Cache-Control",
                examples={"example": example_of_page(subject)},
            ),
            **shared("Unavailable"),
            **problems(subject.service, [INVALID_QUERY, unserved_filters(subject.resource, combinations)]),
        },
    }
