"""The whole system on this machine: an emulator with the stack deployed to it."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tools.aws import emulated
from tools.deployed import deployed
from tools.local import gaps, sam
from tools.local.emulator import emulator
from tools.local.machine import HOST, is_free
from tools.paths import LOCAL, STACK_FILE
from tools.stack import Stack

ENVIRONMENT = "env.json"
"""The file beside the stack's, for `sam local invoke --env-vars`."""


@contextmanager
def local_stack(
    *, port: int | None = None, authorization: str = "NONE", auth: bool = False,
    stack_file: Path | None = None, parameters: Mapping[str, str] | None = None,
) -> Generator[Stack]:  # fmt: skip
    """Run an emulator with the stack deployed to it, until the end of the `with` block.

    `auth` makes the emulator enforce IAM; `authorization` is the template's parameter, and `parameters` are any others.
    The stack's addresses are written to `stack_file`, and the functions' variables to ENVIRONMENT beside it.
    The default is the usual place, or a folder named for the port while another stack uses that place.
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


def usual_file(port: int) -> Path:
    """Return the default file for the stack on a port."""
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
