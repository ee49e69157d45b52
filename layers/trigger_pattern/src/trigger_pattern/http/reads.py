"""The read side: current and past resources, their events, outcomes of commands, and lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from trigger_pattern.application.cloud_event import cloud_event
from trigger_pattern.application.listing import Index, Page, Question, question_of, served
from trigger_pattern.application.querying import AsOf, Queries
from trigger_pattern.application.tracking import CommandTracker
from trigger_pattern.definition.representation import faults_between
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.http import answers
from trigger_pattern.http.api import Routes
from trigger_pattern.http.batches import as_preferred
from trigger_pattern.http.conditions import read_preconditions_of_read, wrong_in_headers
from trigger_pattern.http.cursors import BadCursor, read_cursor, write_cursor
from trigger_pattern.http.exchange import Answer, Fault, Problem, Request
from trigger_pattern.http.parameters import DEFAULT_PAGE, MAX_PAGE, MAX_VERSION, Parameters
from trigger_pattern.http.problems import invalid, no_such_version, not_found, precondition_failed, unserved_filters
from trigger_pattern.http.routes import COLLECTION, COMMAND, EVENTS, ITEM


@dataclass(frozen=True)
class Reads:
    """Answers the GETs of one kind of resource. `source` is the CloudEvents source of its events."""

    resource: AnyResource
    queries: Queries
    tracker: CommandTracker
    index: Index
    source: str

    def routes(self) -> Routes:
        """Return the function that answers each route."""
        return {
            f"GET {ITEM}": self.item,
            f"GET {EVENTS}": self.events,
            f"GET {COMMAND}": self.command,
            f"GET {COLLECTION}": self.page,
        }

    def item(self, request: Request) -> Answer | Problem:
        """Answer with the resource as it is, or as it was at a version or a time."""
        parameters = Parameters(request)
        aggregate_id = parameters.id(self.resource)
        version = parameters.number("version", 1, MAX_VERSION, default=0)
        at = parameters.moment("at")
        parameters.no_others({"version", "at"})
        if {"version", "at"} <= request.query.keys():
            parameters.wrong("at", "Expected a version or a time, not both.")
        if faults := [*parameters.faults, *wrong_in_headers(request.headers, "If-Match")]:
            return invalid(faults)
        if not version and not at:
            return self._shown(self.queries.now(aggregate_id), request)
        then = self.queries.at(aggregate_id, at) if at else self.queries.at_version(aggregate_id, version)
        return self._shown(then, request) if then.version else no_such_version(self.resource)

    def _shown(self, found: AsOf, request: Request) -> Answer | Problem:
        """Answer with the resource, or by the preconditions, in the order of RFC 9110, section 13.2.2."""
        given = read_preconditions_of_read(request.headers)
        if found.value is not None:
            if given.if_match and not given.if_match.match_strongly(found.version):
                return precondition_failed(self.resource)
            if given.if_none_match and given.if_none_match.match_weakly(found.version):
                return Answer(HTTPStatus.NOT_MODIFIED, headers=answers.tagged(found.version))
        return answers.shown(self.resource, found)

    def events(self, request: Request) -> Answer | Problem:
        """Answer with a page of the events, as a batch of CloudEvents if the client prefers that."""
        parameters = Parameters(request)
        aggregate_id = parameters.id(self.resource)
        after = parameters.number("after", 0, MAX_VERSION, default=0)
        limit = parameters.number("limit", 1, MAX_PAGE, DEFAULT_PAGE)
        parameters.no_others({"after", "limit"})
        if parameters.faults:
            return invalid(parameters.faults)
        page = self.queries.events(aggregate_id, after, limit)
        if page is None:
            return not_found(self.resource)
        envelopes = (cloud_event(self.resource, published, self.source) for published in page.events)
        return as_preferred(request, answers.events(self.resource, aggregate_id, page, limit), envelopes)

    def command(self, request: Request) -> Answer | Problem:
        """Answer with a command's outcome."""
        parameters = Parameters(request)
        aggregate_id, command_id = parameters.id(self.resource), parameters.command_id()
        if parameters.faults:
            return invalid(parameters.faults)
        found = self.tracker.find(aggregate_id, command_id)
        return answers.command(self.resource, aggregate_id, command_id, found)

    def page(self, request: Request) -> Answer | Problem:
        """Answer with a page of a list."""
        parameters = Parameters(request)
        names = list(dict.fromkeys(name for names, _ in served(self.resource) for name in names))
        read = {name: parameters.value(name, self.resource.members[name].codec) for name in names}
        filters = {name: value for name, value in read.items() if value is not None}
        limit = parameters.number("limit", 1, MAX_PAGE, DEFAULT_PAGE)
        parameters.no_others({*names, "limit", "cursor"})
        parameters.faults += self._between(filters)
        all_readable = filters.keys() == request.query.keys() & {*names}
        question = question_of(self.resource, filters) if all_readable else None
        after = None
        if question and (cursor := request.query.get("cursor")) is not None:
            try:
                after = read_cursor(self.resource, cursor, question)
            except BadCursor:
                parameters.wrong("cursor", "Expected a cursor from the `next` of this list.")
        if parameters.faults:
            return invalid(parameters.faults)
        if question is None:
            return unserved_filters(self.resource, (names for names, _ in served(self.resource)))
        return self._listed(question, self.index.page(question, limit, after), limit)

    def _between(self, filters: Mapping[str, object]) -> list[Fault]:
        """Return the faults between filters, such as a model of another make."""
        values = {self.resource.members[name].name: value for name, value in filters.items()}
        reasons = faults_between(self.resource, values)
        return [Fault(each.code, each.detail, parameter=each.pointer.removeprefix("/") or None) for each in reasons]

    def _listed(self, question: Question, page: Page, limit: int) -> Answer:
        listed = [
            {self.resource.id: each.aggregate_id, **each.representation, "version": each.version}
            for each in page.listed
        ]
        if page.last is None:
            return answers.ok({self.resource.plural_name: listed})
        written = {name: self.resource.members[name].codec.write(of) for name, of in question.values.items()}
        query = urlencode({**written, "limit": limit, "cursor": write_cursor(self.resource, question, page.last)})
        return answers.ok({self.resource.plural_name: listed, "next": f"?{query}"})
