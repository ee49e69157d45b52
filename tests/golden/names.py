"""Names that the template makes and others rely on."""

from typing import Any

from tests.support.template import properties, template

STACK = "cars-local"


def event_source() -> str:
    """Return the CloudEvents source of the stack's events, as the template makes it for the broadcaster."""
    return _filled(properties("CarEventBroadcaster")["Environment"]["Variables"]["EVENT_SOURCE"])


def service_name() -> str:
    """Return the name under which Powertools logs and counts."""
    return str(template()["Globals"]["Function"]["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"])


def names_of_the_template() -> dict[str, Any]:
    """Return them all."""
    return {
        "EVENT_SOURCE": event_source(),
        "the output EventSource": _filled(template()["Outputs"]["CarEventSource"]["Value"]),
        "POWERTOOLS_SERVICE_NAME": service_name(),
    }


def _filled(text: dict[str, str]) -> str:
    return text["Fn::Sub"].replace("${AWS::StackName}", STACK)
