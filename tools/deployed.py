"""What CloudFormation knows of a deployed stack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from resources import RESOURCES
from tools.aws import Aws
from tools.stack import API_FUNCTIONS, Pipeline, Stack, functions_of
from trigger_pattern.definition.resource import AnyResource


class NoRegistry(Exception):
    """A stack is not one of these resources. The text is for a person: it names the output that is missing."""


@dataclass(frozen=True)
class Outputs:
    """The outputs of a stack that must have those of some resources."""

    stack_name: str
    resources: Sequence[AnyResource]
    values: Mapping[str, str]

    def of(self, resource: AnyResource) -> "Outputs":
        """Return the same, where what is missing is missing of one resource."""
        return replace(self, resources=(resource,))

    def __getitem__(self, name: str) -> str:
        """Return an output. Raises NoRegistry if there is none."""
        if name not in self.values:
            kinds = " and ".join(resource.words_of_name for resource in self.resources)
            raise NoRegistry(f"The stack {self.stack_name} is no {kinds} registry: it has no output {name!r}.")
        return self.values[name]


def deployed(aws: Aws, stack_name: str, resources: Sequence[AnyResource] = RESOURCES) -> Stack:
    """Describe the stack that CloudFormation knows by this name. Raises NoRegistry if it lacks a resource."""
    outputs = _outputs(aws, stack_name, resources)
    return Stack(
        api_url=_api_url(aws, outputs["ApiUrl"]),
        aws_endpoint_url=aws.endpoint,
        region=aws.region,
        events_topic_type=outputs["EventsTopicType"],
        api_functions=_functions(outputs, API_FUNCTIONS),
        pipelines={resource.name: _pipeline(resource, outputs.of(resource)) for resource in resources},
    )


def _pipeline(resource: AnyResource, outputs: Outputs) -> Pipeline:
    kind = resource.kind
    return Pipeline(
        events_table=outputs[f"{kind}EventsTableName"],
        outcomes_table=outputs[f"{kind}OutcomesTableName"],
        view_table=outputs[f"{kind}ViewTableName"],
        tickets_table=outputs[f"{kind}TicketsTableName"],
        commands_queue_url=outputs[f"{kind}CommandsQueueUrl"],
        commands_dlq_url=outputs[f"{kind}CommandsDlqUrl"],
        broadcast_dlq_url=outputs[f"{kind}BroadcastDlqUrl"],
        projector_dlq_url=outputs[f"{kind}ProjectorDlqUrl"],
        events_topic_arn=outputs[f"{kind}EventsTopicArn"],
        event_source=outputs[f"{kind}EventSource"],
        functions=_functions(outputs, functions_of(resource)),
    )


def _functions(outputs: Outputs, names: Sequence[str]) -> dict[str, str]:
    return {name: outputs[f"{name}FunctionName"] for name in names}


def _api_url(aws: Aws, output: str) -> str:
    """Return the API's address; the emulator serves it under its own, which needs no name resolution."""
    api_id = output.removeprefix("https://").partition(".")[0]
    return f"{aws.endpoint}/_aws/execute-api/{api_id}/$default" if aws.endpoint else output


def _outputs(aws: Aws, stack_name: str, resources: Sequence[AnyResource]) -> Outputs:
    """Ask CloudFormation for a stack's outputs."""
    found = aws.cloudformation().describe_stacks(StackName=stack_name)["Stacks"][0]
    values = {output.get("OutputKey", ""): output.get("OutputValue", "") for output in found.get("Outputs", [])}
    return Outputs(stack_name, resources, values)
