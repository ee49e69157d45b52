"""The page at `GET /docs`: Powertools' own Swagger UI in one document, which loads nothing from outside."""

import base64
import hashlib
import html
from importlib import resources

ASSETS = resources.files("aws_lambda_powertools").joinpath("event_handler", "openapi", "swagger_ui")
"""Found by the package at the top, because those below it would be imported, and pydantic with them."""

START = """
SwaggerUIBundle({
  dom_id: "#docs", url: "openapi.json", deepLinking: true, docExpansion: "list", validatorUrl: null,
  requestSnippetsEnabled: true, tryItOutEnabled: false, defaultModelsExpandDepth: 0,
  plugins: [{statePlugins: {spec: {wrapActions: {updateJsonSpec: (update) => (description) =>
    update({...description, servers: [{url: "."}]})
  }}}}]
})
"""
"""The document's address is relative to the page's, so that it holds under any stage's path. So is the API's: the page
may call its own host alone, which is a proxy's if API Gateway is behind one.
"""


def docs_page(title: str) -> str:
    """Return the page."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
<link rel="icon" href="data:,">
<style>{_asset("swagger-ui.min.css")}</style>
</head>
<body>
<div id="docs"></div>
<script>{_asset("swagger-ui-bundle.min.js")}</script>
<script>{START}</script>
</body>
</html>
"""


def content_security_policy() -> str:
    """Return a policy by which the page may run its own two scripts and call its own host, and nothing else."""
    scripts = " ".join(_hash(script) for script in (_asset("swagger-ui-bundle.min.js"), START))
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _asset(name: str) -> str:
    return ASSETS.joinpath(name).read_text()


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
