"""The stacks that the template makes: one for each environment and each way to authorize."""

from collections.abc import Mapping
from typing import Any, Final

from tests.support.parameters import template_with

LOCAL: Final = {"Environment": "local", "AwsEndpointUrl": "http://127.0.0.1:4566"}
ENVIRONMENTS: Final[Mapping[str, Mapping[str, str]]] = {
    "local": LOCAL,
    "dev": {"Environment": "dev"},
    "prod": {"Environment": "prod"},
}
DEPLOYED: Final = ("dev", "prod")
AUTHORIZATIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "AWS_IAM": {},
    "JWT": {"Authorization": "JWT", "JwtIssuer": "https://issuer.example", "JwtAudience": "cars,vans"},
    "NONE": {"Authorization": "NONE", **LOCAL},
}
CORS: Final = {"CorsOrigins": "https://a.example"}


def of_type(kind: str, **parameters: str) -> dict[str, dict[str, Any]]:
    """Return a stack's resources of one type, by logical id: `AWS::SQS::Queue`."""
    resources = template_with(**parameters)
    return {name: resource for name, resource in resources.items() if resource["Type"] == kind}


def properties_of(kind: str, **parameters: str) -> dict[str, dict[str, Any]]:
    """Return the properties of a stack's resources of one type, by logical id."""
    return {name: resource["Properties"] for name, resource in of_type(kind, **parameters).items()}


def target(reference: Any) -> str:
    """Return what a reference names, in short: `EventsTable`, `EventsTable.StreamArn`, `CarViewTable/index/*`."""
    if "Ref" in reference:
        return str(reference["Ref"])
    if "Fn::GetAtt" in reference:
        return ".".join(reference["Fn::GetAtt"]).removesuffix(".Arn")
    if "Fn::Join" in reference:
        separator, parts = reference["Fn::Join"]
        return str(separator).join(map(target, parts))
    return str(reference["Fn::Sub"]).replace("${", "").replace(".Arn}", "").replace("}", "")
