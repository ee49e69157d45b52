"""Write the API's description to docs/openapi.json: make openapi."""

import json
from typing import Any

from cars.adapters.http.openapi.document import openapi_document
from tools.paths import ROOT

FILE = ROOT / "docs" / "openapi.json"


def written(document: dict[str, Any]) -> str:
    """Write a document as the file has it."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(openapi_document()))
    print(FILE)
