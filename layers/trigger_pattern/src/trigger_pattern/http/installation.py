"""The API's description as one installation serves it: with its own address, and its own authorization alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from trigger_pattern.http.exchange import Request
from trigger_pattern.http.routes import DESCRIPTION, DOCS

SCHEMES: Final[Mapping[str, str]] = {"AWS_IAM": "sigv4", "JWT": "bearer"}
"""The names of security schemes, by the template's parameter `Authorization`; NONE has no scheme."""

BESIDE: Final = "."
"""The folder of the document itself: right wherever it was read, for clients that know relative addresses."""

_WITH_BASE_PATH = re.compile(rf"((?:/[\w$.+!*'(),-]+)+){re.escape(DESCRIPTION)}", re.ASCII)
"""The document's path behind a base path, of characters that API Gateway allows in an API mapping's key."""


@dataclass(frozen=True)
class Installation:
    """A deployed API. `authorization` is the template's parameter, `endpoint` the address that API Gateway gave it."""

    authorization: str
    endpoint: str

    def address(self, request: Request) -> str:
        """Return the address of the API that a request for the description was sent to.

        It is `endpoint`, unless the request came by a custom domain. Then the domain is the one that API Gateway
        reports, never the client's `Host`. If no base path shows, there may still be one, so the address is relative.
        """
        context = request.event["requestContext"]
        domain = context["domainName"]
        if domain.startswith(f"{context['apiId']}.execute-api."):
            return self.endpoint
        found = _WITH_BASE_PATH.fullmatch(request.event["rawPath"])
        return f"https://{domain}{found[1]}" if found else BESIDE

    def served(self, document: Mapping[str, Any], address: str) -> dict[str, Any]:
        """Return the document with an address as its only server, and with the scheme that is required, if any.

        Its documentation is the page of this installation, unless it names another.
        """
        scheme = SCHEMES.get(self.authorization)
        components = document["components"]
        schemes = {name: each for name, each in components["securitySchemes"].items() if name == scheme}
        return {
            "externalDocs": {"url": f"{address}{DOCS}", "description": "For people"},
            **document,
            "servers": [{"url": address, "description": "This installation"}],
            "security": [{name: []} for name in schemes],
            "components": {**components, "securitySchemes": schemes},
        }
