"""The page at /docs in a real browser."""

import json
from collections.abc import Generator
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from tests.support.cars import representation
from tests.support.pipeline import Pipeline
from tools.local.docs_page import NAMES, find_browser, open_browser, try_out


@pytest.fixture
def page() -> Generator[Page]:
    executable = find_browser()
    if not executable:
        pytest.skip(f"the page at /docs was tried in no browser: none of {', '.join(NAMES)} is on the PATH")
    with open_browser(executable) as browser:
        yield browser.new_page()


def test_the_page_sends_the_articles_example_and_shows_the_202(pipeline: Pipeline, page: Page) -> None:
    operation = try_out(page, pipeline.stack.api_url)
    answered = operation.locator(".live-responses-table tbody tr.response")
    assert answered.locator(".response-col_status").inner_text().split()[0] == "202"
    accepted = json.loads(answered.locator(".highlight-code code").first.inner_text())
    command = urljoin(f"{pipeline.stack.api_url}/cars", accepted["command"])
    assert pipeline.client.outcome({**accepted, "command": command})["status"] == "succeeded"
    assert pipeline.car(accepted["carId"]) == {"carId": accepted["carId"], **representation()}


def test_the_page_fetches_nothing_from_another_host_and_reports_no_fault(pipeline: Pipeline, page: Page) -> None:
    hosts, faults = set[str](), list[str]()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    try_out(page, pipeline.stack.api_url)
    for heading in page.locator("section.models button.models-control, .opblock-summary-control").all():
        heading.click()
    page.wait_for_load_state("networkidle")
    assert hosts == {urlsplit(pipeline.stack.api_url).netloc}
    assert faults == []
