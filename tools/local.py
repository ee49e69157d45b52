"""The whole system on this machine.

python -m tools.local run
"""

import os
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tools import gaps, sam, show
from tools.aws import emulated
from tools.commands import CommandFailed
from tools.deployed import deployed
from tools.emulator import EmulatorFailed, emulator
from tools.paths import LOCAL, STACK_FILE
from tools.ports import HOST, is_free
from tools.relay import relay
from tools.signals import end_on_sigterm
from tools.stack import Stack
from tools.subscriber import Subscriber

ENVIRONMENT = "env.json"
"""The file beside the stack's, for `sam local invoke --env-vars`."""


@contextmanager
def local_stack(
    *, port: int | None = None, authorization: str = "NONE", auth: bool = False,
    stack_file: Path | None = None, parameters: Mapping[str, str] | None = None,
) -> Generator[Stack]:  # fmt: skip
    """Run an emulator with the stack deployed to it, until the end of the `with` block.

    `auth` makes the emulator enforce IAM; `authorization` is the template's parameter, and `parameters` are
    any others. `stack_file` gets the stack's addresses, and ENVIRONMENT beside it the functions' variables; without
    one they go to the usual place, or, while another stack is running from there, to a folder named for the port.
    """
    with emulator(port, auth=auth) as found:
        aws = emulated(f"http://{HOST}:{found}")
        fixed = {"Environment": "local", "Authorization": authorization, "AwsEndpointUrl": aws.endpoint}
        sam.build_and_deploy(aws, {**fixed, **(parameters or {})})
        stack = deployed(aws, sam.STACK)
        gaps.fill(stack, (parameters or {}).get("TopicArchiveDays", ""))
        file = stack_file or usual_file(found)
        stack.write(file)
        stack.write_environment(file.with_name(ENVIRONMENT))
        try:
            yield stack
        finally:
            _forget(stack, file)


def run() -> None:
    """Run the stack, tell how to use it, and show every event as it arrives, until interrupted."""
    started = time.monotonic()
    print("Building and deploying the system on this machine ...", flush=True)
    with local_stack() as stack, relay(stack.port), _subscriber(stack) as subscriber:
        show.welcome(stack, usual_file(stack.port), time.monotonic() - started)
        for received in subscriber.events():
            show.event(received)


@contextmanager
def _subscriber(stack: Stack) -> Generator[Subscriber]:
    """Subscribe to the topics of all resources."""
    first, *others = (pipeline.events_topic_arn for pipeline in stack.pipelines.values())
    with Subscriber(stack.aws, first) as subscriber:
        for topic in others:
            subscriber.follow(topic)
        yield subscriber


def usual_file(port: int) -> Path:
    """Give the place of the file of a stack on a port, where nobody asked for another."""
    try:
        other = Stack.read().port
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return STACK_FILE
    return STACK_FILE if other == port or is_free(other) else LOCAL / str(port) / STACK_FILE.name


def _forget(stack: Stack, file: Path) -> None:
    """Remove the stack's files, unless another stack has written its own there since."""
    with suppress(FileNotFoundError):
        if Stack.read(file) == stack:
            file.unlink()
            file.with_name(ENVIRONMENT).unlink()
    if file.parent.parent == LOCAL:
        with suppress(OSError):  # it was never made, or something else is in it
            file.parent.rmdir()


def main() -> int:
    """Run the command line."""
    if sys.argv[1:] != ["run"]:
        print(__doc__)
        return os.EX_USAGE
    end_on_sigterm()
    try:
        run()
    except KeyboardInterrupt:
        print("\nStopped.")
    except (CommandFailed, EmulatorFailed) as failed:
        print(f"\n{failed}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
