"""What Lambda hands a function beside the event."""

from aws_lambda_powertools.utilities.typing import LambdaContext


class FakeContext(LambdaContext):
    """The context of one invocation, with so many milliseconds left."""

    def __init__(self, remaining: int = 20_000) -> None:
        vars(self)["get_remaining_time_in_millis"] = lambda: remaining
        self._function_name = "cars"
        self._memory_limit_in_mb = 512
        self._invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:cars"
        self._aws_request_id = "00000000-0000-4000-8000-000000000001"
