"""The example on this machine, beside the stack that `make run` keeps running.

python -m examples.subscriber.local
"""

import sys

from tools.local import sam
from tools.paths import ROOT
from tools.stack import Stack

APP = sam.App(
    template=ROOT / "examples" / "subscriber" / "template.yaml",
    build=ROOT / ".aws-sam" / "subscriber" / "build",
    stack="cars-mileage-local",
)


def deploy(stack: Stack) -> dict[str, str]:
    """Build and deploy the example, subscribed to a stack's topic, and return its outputs."""
    parameters = {
        "EventsTopicArn": stack.of("car").events_topic_arn,
        "ApiUrl": stack.api_url,
        "ApiId": stack.api_url.removesuffix("/$default").rpartition("/")[2],
        "AwsEndpointUrl": stack.aws_endpoint_url,
    }
    sam.build_and_deploy(stack.aws, parameters, APP)
    found = stack.aws.cloudformation().describe_stacks(StackName=APP.stack)["Stacks"][0]
    return {output.get("OutputKey", ""): output.get("OutputValue", "") for output in found.get("Outputs", [])}


if __name__ == "__main__":
    try:
        running = Stack.read()
    except FileNotFoundError:
        sys.exit("No stack is running on this machine. Start one with `make run`.")
    for name, value in deploy(running).items():
        print(f"{name:18}  {value}")  # noqa: T201 - a command line
