import base64
import gzip
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.http import request
from tests.support.system import System
from tools import commands
from tools.paths import ROOT


def get(path: str, **headers: str) -> dict[str, Any]:
    return System().resolve(request("GET", path, headers=headers))


def test_the_description_is_served_without_insignificant_blanks() -> None:
    answer = get("/openapi.json")
    assert answer["statusCode"] == 200
    assert answer["headers"]["Content-Type"] == "application/json"
    assert answer["body"] == json.dumps(json.loads(answer["body"]), separators=(",", ":"))


def test_both_are_compressed_for_those_who_can_read_that() -> None:
    for path in ("/openapi.json", "/docs"):
        answer = get(path, **{"accept-encoding": "gzip, deflate"})
        assert answer["headers"]["Content-Encoding"] == "gzip"
        assert gzip.decompress(base64.b64decode(answer["body"])).decode() == get(path)["body"]


@pytest.mark.parametrize("path", ["/openapi.json", "/docs"])
@pytest.mark.parametrize(("accepted", "coding"), [("gzip", "gzip"), ("gzip;q=0", None), ("*", "gzip"), ("xgzip", None)])
def test_a_cache_keeps_both_codings_apart(path: str, accepted: str, coding: str | None) -> None:
    headers = get(path, **{"accept-encoding": accepted})["headers"]
    assert (headers["Vary"], headers.get("Content-Encoding")) == ("Accept-Encoding", coding)


def test_the_page_refers_to_nothing_but_the_description_beside_it() -> None:
    page = get("/docs")["body"]
    assert 'url: "openapi.json"' in page
    assert re.findall(r'<(?:link|script|img|iframe)[^>]*(?:src|href)="([^"]*)"', page) == ["data:,"]


def test_the_page_calls_the_api_beside_it_which_may_be_a_proxy_of_the_one_that_is_described() -> None:
    assert 'update({...description, servers: [{url: "."}]})' in get("/docs")["body"]


def test_the_page_may_run_its_own_scripts_alone_and_talk_to_its_own_host_alone() -> None:
    policy = dict(part.strip().split(" ", 1) for part in get("/docs")["headers"]["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert [source[:8] for source in policy["script-src"].split()] == ["'sha256-", "'sha256-"]


def test_the_description_is_read_when_it_is_first_asked_for_and_never_again(tmp_path: Path) -> None:
    description = tmp_path / "openapi.json"
    system = System(description=description)
    description.write_text('{"info": "ü", "components": {"securitySchemes": {}}}', encoding="utf-8")
    first = system.resolve(request("GET", "/openapi.json"))
    description.unlink()
    assert system.resolve(request("GET", "/openapi.json")) == first
    assert json.loads(first["body"])["info"] == "ü"


def test_no_other_request_pays_for_the_docs() -> None:
    made = "import trigger_pattern.http.writes, trigger_pattern.http.reads, trigger_pattern.http.docs, sys"
    told = "print([name for name in sys.modules if 'docs_page' in name or 'swagger' in name])"
    imports = {**os.environ, "PYTHONPATH": str(ROOT / "layers" / "trigger_pattern" / "src")}
    assert commands.run([sys.executable, "-c", f"{made}\n{told}"], imports).strip() == "[]"
