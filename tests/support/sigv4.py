"""Sign HTTP requests as AWS clients do (Signature Version 4)."""

from collections.abc import Generator

import httpx
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tools.aws import KEY_ID, REGION, SECRET


class SigV4(httpx.Auth):
    """Signs for API Gateway with the emulator's root credentials."""

    requires_request_body = True

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        signed = AWSRequest(request.method, str(request.url), data=request.content)
        SigV4Auth(Credentials(KEY_ID, SECRET), "execute-api", REGION).add_auth(signed)
        request.headers.update(dict(signed.headers.items()))
        yield request
