"""The file with the API's description: a review sees it change, and query_api serves it."""

import json

from tools.openapi.schemas import Json
from tools.paths import ROOT

FILE = ROOT / "functions" / "query_api" / "openapi.json"


def written(document: Json) -> str:
    """Return the document's text as the file has it."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
