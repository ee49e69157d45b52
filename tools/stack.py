"""A deployed stack's names and addresses, and the file that holds them."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tools.aws import Aws, emulated
from tools.paths import STACK_FILE
from tools.relay import CONTAINERS_HOST

KIND = "Car"
"""The resource that a stack is described for, by its name in the template."""

FUNCTIONS = ("CommandApi", "QueryApi", f"{KIND}CommandHandler", f"{KIND}EventBroadcaster", f"{KIND}Projector")
"""The functions' names in the template."""


@dataclass(frozen=True)
class Stack:
    """What a client, a test or an operator needs to know of a running stack. Written with camelCase names."""

    api_url: str
    """Without a slash at its end; append `/cars`."""
    aws_endpoint_url: str
    """The emulator's; empty on AWS itself."""
    region: str
    events_table: str
    command_outcomes_table: str
    cars_view_table: str
    tickets_table: str
    commands_queue_url: str
    commands_dlq_url: str
    broadcast_dlq_url: str
    projector_dlq_url: str
    events_topic_arn: str
    events_topic_type: str
    """fifo or standard."""
    event_source: str
    """The CloudEvents source of every event."""
    functions: dict[str, str]
    """The deployed name of each function, by its name in the template."""

    @property
    def aws(self) -> Aws:
        """Clients for the stack's emulator."""
        return emulated(self.aws_endpoint_url, self.region)

    @property
    def port(self) -> int:
        """The emulator's port."""
        return urlsplit(self.aws_endpoint_url).port or 0

    def write(self, file: Path) -> None:
        """Write the stack to `file` at once, so that no reader sees half of it."""
        content = {_camel(name): value for name, value in asdict(self).items()}
        _write(file, content)

    def write_environment(self, file: Path) -> None:
        """Write each function's variables as `sam local invoke --env-vars` reads them, for use in a container."""
        _write(file, {logical: self._variables(name) for logical, name in self.functions.items()})

    def _variables(self, function: str) -> dict[str, str]:
        found = self.aws.functions().get_function_configuration(FunctionName=function)
        endpoint = f"http://{CONTAINERS_HOST}:{self.port}"
        return {**found.get("Environment", {}).get("Variables", {}), "AWS_ENDPOINT_URL": endpoint}

    @classmethod
    def read(cls, file: Path = STACK_FILE) -> "Stack":
        """Read the stack that `write` wrote."""
        content = json.loads(file.read_text())
        return cls(**{name: content[_camel(name)] for name in cls.__dataclass_fields__})


def deployed(aws: Aws, stack_name: str) -> Stack:
    """Describe the stack that CloudFormation knows by this name. Raises KeyError where it is no car registry."""
    found = aws.cloudformation().describe_stacks(StackName=stack_name)["Stacks"][0]
    outputs = {o.get("OutputKey", ""): o.get("OutputValue", "") for o in found.get("Outputs", [])}
    return Stack(
        api_url=_api_url(aws, outputs["ApiUrl"]),
        aws_endpoint_url=aws.endpoint,
        region=aws.region,
        events_table=outputs[f"{KIND}EventsTableName"],
        command_outcomes_table=outputs[f"{KIND}OutcomesTableName"],
        tickets_table=outputs[f"{KIND}TicketsTableName"],
        cars_view_table=outputs[f"{KIND}ViewTableName"],
        commands_queue_url=outputs[f"{KIND}CommandsQueueUrl"],
        commands_dlq_url=outputs[f"{KIND}CommandsDlqUrl"],
        broadcast_dlq_url=outputs[f"{KIND}BroadcastDlqUrl"],
        projector_dlq_url=outputs[f"{KIND}ProjectorDlqUrl"],
        events_topic_arn=outputs[f"{KIND}EventsTopicArn"],
        events_topic_type=outputs["EventsTopicType"],
        event_source=outputs[f"{KIND}EventSource"],
        functions={name: outputs[f"{name}FunctionName"] for name in FUNCTIONS},
    )


def _api_url(aws: Aws, output: str) -> str:
    """Give the API's address; the emulator serves it under its own, which needs no name to be resolved."""
    api_id = output.removeprefix("https://").partition(".")[0]
    return f"{aws.endpoint}/_aws/execute-api/{api_id}/$default" if aws.endpoint else output


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def _write(file: Path, content: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps(content, indent=2) + "\n")
    draft.replace(file)
