"""What the template says of the whole stack, and a template that is another stack's beginning."""

import re
from typing import Final

from trigger_pattern.definition.resource import AnyResource
from trigger_pattern_authoring.openapi.stack import Stack
from trigger_pattern_authoring.template.placing import emptied, the_only

_SERVICE: Final = re.compile(r"(?<=^        POWERTOOLS_SERVICE_NAME: ).+", re.MULTILINE)
_DESCRIPTION: Final = re.compile(r"(?<=^Description: ).+", re.MULTILINE)


def service_of(template: str) -> str:
    """Return the name with which a stack's problems and logs begin. Raises TemplateNotUnderstood."""
    return the_only(_SERVICE, template, "POWERTOOLS_SERVICE_NAME")[0]


def stack_of(template: str) -> Stack:
    """Return a stack in its template's words. Raises TemplateNotUnderstood."""
    service = service_of(template)
    summary = the_only(_DESCRIPTION, template, "Description")[0]
    return Stack(title=title_of(service), summary=summary, version="0.1.0", service=service)


def title_of(name: str) -> str:
    """Return a name as a title: `Shopping carts`."""
    return name.replace("-", " ").capitalize()


def begun(template: str, first: AnyResource) -> str:
    """Return a template without resources, for a stack that is named for its first one."""
    named = _SERVICE.sub(first.plural, emptied(template))
    return _DESCRIPTION.sub(f"{title_of(first.plural)}. REST in, events out, after the trigger pattern.", named)
