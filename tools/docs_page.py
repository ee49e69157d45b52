"""The page at /docs as a person uses it, and the picture of it in docs/api.md.

python -m tools.docs_page
"""

import sys

from playwright.sync_api import Locator, Page

from tools.browser import find_browser, open_browser
from tools.local import local_stack
from tools.paths import LOCAL, ROOT

IMAGE = ROOT / "docs" / "images" / "docs-page.png"


def try_out(page: Page, api_url: str) -> Locator:
    """Open the page, expand POST /cars and send its example; give the operation's part of the page, answered."""
    page.goto(f"{api_url}/docs")
    operation = page.locator("#operations-Changes-postCar")
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
        page.locator("#operations-Changes-postCar").wait_for()
        page.screenshot(path=IMAGE, full_page=True)
    print(IMAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
