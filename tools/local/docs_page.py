"""The page at /docs in a real browser without a screen, and its picture in docs/api.md.

python -m tools.local.docs_page
"""

import os
import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tools import environment
from tools.local.stack import local_stack
from tools.paths import LOCAL, ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--disable-background-networking", "--disable-component-update", "--disable-quic", "--disable-sync",
    "--no-proxy-server",
]  # fmt: skip
"""They stop the browser's own requests, and keep this machine's pages away from a proxy."""
IMAGE = ROOT / "docs" / "images" / "docs-page.png"


def find_browser() -> str | None:
    """Return the path of Chromium or Chrome on the PATH; None if there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def open_browser(executable: str) -> Generator[Browser]:
    """Run a browser with an empty profile, until the end of the `with` block."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS  # its sandbox does not run as root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=flags, env={**environment.made()})
        try:
            yield browser
        finally:
            browser.close()


def try_out(page: Page, api_url: str) -> Locator:
    """Open the page, expand POST /cars and send its example; return the answered operation."""
    page.goto(f"{api_url}/docs")
    operation = page.locator("#operations-Changes-createCar")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    operation.locator(".live-responses-table .response-col_status").last.wait_for()
    return operation


def main() -> int:
    """Take the picture: the operations, as the page opens."""
    executable = find_browser()
    if not executable:
        print("There is no Chromium or Chrome on this machine (Debian: apt-get install chromium).", file=sys.stderr)
        return 1
    with local_stack(stack_file=LOCAL / "picture" / "stack.json") as stack, open_browser(executable) as browser:
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.goto(f"{stack.api_url}/docs")
        page.locator("#operations-Changes-createCar").wait_for()
        page.screenshot(path=IMAGE, full_page=True)
    print(IMAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
