"""Requests about one example of a resource."""

from dataclasses import dataclass
from typing import Any

from trigger_pattern.definition.representation import represent
from trigger_pattern.definition.requests import CreateRequest, DeleteRequest, PatchRequest, UpdateRequest
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern_testing.scenario import ID


@dataclass(frozen=True)
class Requests:
    """A client's requests. Changes have the fields' names in JSON; in a whole representation, None leaves one out."""

    resource: AnyResource
    example: object
    id: str = ID

    def representation(self, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
        """Return the example's representation, with some fields different."""
        fields = {**represent(self.resource, self.example), **changes}
        return {name: value for name, value in fields.items() if value is not None}

    def post(self, **changes: Any) -> CreateRequest:  # noqa: ANN401
        """Create the example, without the fields that a POST cannot have."""
        fields = self.representation(**changes)
        members = self.resource.members
        late = {name for name in fields.keys() & members.keys() if "not on creation" in members[name].marks}
        return CreateRequest(self.id, {name: fields[name] for name in fields if name in changes or name not in late})

    def put(self, **changes: Any) -> UpdateRequest:  # noqa: ANN401
        """Replace it by the example."""
        return UpdateRequest(self.id, self.representation(**changes))

    def patch(self, **changes: Any) -> PatchRequest:  # noqa: ANN401
        """Change these fields; None is JSON's null."""
        return PatchRequest(self.id, changes)

    def delete(self) -> DeleteRequest:
        """Delete it."""
        return DeleteRequest(self.id)
