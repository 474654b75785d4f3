"""The page in a real browser: silent, accessible, as wide as the screen, printable."""

from __future__ import annotations

import base64
import shutil
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

import pytest

from fairaudit.report.renderers import html
from tests.report.golden import GOLDEN
from tests.report.study_by_hand import study_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Chrome

DRIVER = shutil.which("chromedriver")
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.skipif(
        DRIVER is None or BROWSER is None, reason="needs Chromium and its driver"
    ),
    pytest.mark.skipif(find_spec("selenium") is None, reason="needs selenium"),
]


@cache
def page_of(name: str) -> str:
    """Write one of the golden reports, once."""
    if name == "study":
        return html.render(study_report() + GOLDEN["prices"]())
    return html.render(GOLDEN[name]())


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER or ""
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
    ):
        options.add_argument(argument)
    options.add_argument("--disable-background-networking")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(
        options=options, service=webdriver.ChromeService(executable_path=DRIVER)
    )
    yield chrome
    chrome.quit()


def show(browser: Chrome, page: str, folder: Path, *, width: int, scheme: str) -> None:
    """Open a page on a screen of some width, light or dark."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False},
    )
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get(file.as_uri())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["everything", "hostile", "no_gate", "study"])
def test_it_is_silent_accessible_and_no_wider_than_a_small_phone(
    browser: Chrome, tmp_path: Path, name: str, scheme: str
) -> None:
    show(browser, page_of(name), tmp_path, width=320, scheme=scheme)
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    assert wide <= 320
    drawn = browser.execute_script(
        "return [...document.images].every(one => one.complete && one.naturalWidth > 0)"
    )
    assert drawn
    assert violations(browser) == []


def violations(browser: Chrome) -> list[Any]:
    """Let axe-core look for what shuts readers out, details opened."""
    core = pytest.importorskip("axe_core_python", reason="needs axe-core-python")
    script = Path(core.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    browser.execute_script(
        "document.querySelectorAll('details').forEach(one => { one.open = true })"
    )
    browser.execute_script(script)
    found = browser.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run().then(found => done(found.violations))"
    )
    return [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]


def test_a_policy_that_forbids_the_styles_would_be_heard(
    browser: Chrome, tmp_path: Path
) -> None:
    page = page_of("compas").replace("style-src 'sha256-", "style-src 'sha256-x")
    show(browser, page, tmp_path, width=800, scheme="light")
    heard: list[Any] = []
    for _ in range(50):  # it is told a little after the page is there
        heard += browser.get_log("browser")  # type: ignore[no-untyped-call]
        if len(heard) > 1:
            break
        sleep(0.1)
    assert heard


def test_the_keyboard_comes_first_to_the_skip_link_and_then_reaches_every_table(
    browser: Chrome, tmp_path: Path
) -> None:
    from selenium.webdriver import ActionChains, Keys

    show(browser, page_of("compas"), tmp_path, width=800, scheme="light")
    ActionChains(browser).send_keys(Keys.TAB).perform()
    assert browser.switch_to.active_element.text == "Skip to the report"
    reachable = browser.execute_script(
        "return [...document.querySelectorAll('table')]"
        ".every(one => one.closest('[tabindex=\"0\"]'))"
    )
    assert reachable


def test_dark_screens_get_a_dark_page(browser: Chrome, tmp_path: Path) -> None:
    colours = []
    for scheme in ("light", "dark"):
        show(browser, page_of("compas"), tmp_path, width=800, scheme=scheme)
        colours.append(
            browser.execute_script(
                "return getComputedStyle(document.body).backgroundColor.match(/\\d+/g)"
            )
        )
    light, dark = (sum(map(int, one)) for one in colours)
    assert light > 700
    assert dark < 150


def test_it_prints_on_a4(browser: Chrome, tmp_path: Path) -> None:
    show(browser, page_of("compas"), tmp_path, width=800, scheme="light")
    printed = browser.execute_cdp_cmd(
        "Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True}
    )
    pdf = base64.b64decode(printed["data"])
    assert pdf.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594" in pdf or b"/MediaBox [0 0 595" in pdf
    assert pdf.count(b"/Type /Page\n") > 1
