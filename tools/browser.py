"""A real browser without a screen: Chromium, as the system has it."""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tools import environment

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--disable-background-networking", "--disable-component-update", "--disable-quic", "--disable-sync",
    "--no-proxy-server",
]  # fmt: skip
"""Against requests of the browser's own, and so that a page of this machine is not asked of a proxy."""


def find_browser() -> str | None:
    """Find Chromium or Chrome on the PATH."""
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
