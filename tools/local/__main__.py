"""Run the whole system on this machine.

python -m tools.local run
"""

import os
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager

from tools.commands import CommandFailed
from tools.local import show
from tools.local.emulator import EmulatorFailed
from tools.local.relay import relay
from tools.local.stack import local_stack, usual_file
from tools.signals import end_on_sigterm
from tools.stack import Stack
from tools.subscriber import Subscriber


def run() -> None:
    """Run the stack, print how to use it, and print every event as it arrives, until interrupted."""
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
