# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook ``report``: everything in an account as a table, and as a picture in a page."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from behaviour.account import PROJECT_ID, TOKEN
from playbooks import showcase
from playbooks.conftest import Terminal

FETCHES = ("src", "href", "srcset", "data", "action", "poster")


class Page(HTMLParser):
    """A page: its elements, the attributes by which it would fetch something, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.source = source
        self.elements: Counter[str] = Counter()
        self.fetched: list[str] = []
        self.words: list[str] = []
        self.anchors: set[str] = set()
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.fetched += [value or "" for name, value in attrs if name.rpartition(":")[2] in FETCHES]
        self.anchors |= {value or "" for name, value in attrs if name == "id"}

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """What it says, in one line."""
        return " ".join(" ".join(self.words).split())

    @property
    def figures(self) -> list[ElementTree.Element]:
        """The figures, as XML."""
        return [
            ElementTree.fromstring(found)
            for found in re.findall(r"<svg xmlns.*?</svg>(?=\n +</div>)", self.source, re.DOTALL)
        ]


def page(path: Path) -> Page:
    """The page in a file."""
    return Page(path.read_text())


@pytest.fixture
def company(terminal: Terminal) -> Terminal:
    """The terminal of a company that has one of everything, and one server that is not well."""
    showcase.build(terminal.account)
    showcase.healthy(terminal.emulator, "10.0.1.13")
    return terminal


def test_it_shows_everything_in_a_table_and_in_a_page_and_changes_nothing(company: Terminal) -> None:
    played = company.play("report").succeeded()
    assert (played.changed, played.writes) == (1, [])
    for line in (
        "pipeline shop ready shop.example.com, www.example.com",
        "load balancer shop fr-par-1 ready lb-s, ",
        "2 frontends, 3 backends, 7 of 8 servers healthy",
        "load balancer mail nl-ams-1 ready lb-s, ",
        "container shop/checkout fr-par ready rg.fr-par.scw.cloud/shop/checkout:2.4.1, pay.example.com",
        "function images/resize fr-par created python313, ",
        "Servers of shop/api: 10.0.1.13 stopped",
        f"The picture is in {company.folder}/scw_report.html.",
    ):
        assert played.says(line), played.output
    shown = page(company.folder / "scw_report.html").text
    for word in (
        *("shop.example.com", "www.example.com", "TLS", "Cache", "/img/.*", "firewall, level 2", "shop-images"),
        *("to-https", "office", "203.0.113.0/24", "host api.example.com", "path /status", "everything else"),
        *("web", "api", "status-page", "imap", "10.0.0.14", "2 of 3 healthy", "4 healthy", "mail", "nl-ams-1"),
        *("checkout", "checkout:2.4.1", "pay.example.com", "reindex", "0 3 * * *", "grafana", "resize", "sweep"),
    ):
        assert word in shown, word


def test_a_second_run_writes_nothing_and_check_mode_says_what_it_would_do(company: Terminal) -> None:
    assert company.check("report").succeeded().changed == 1
    assert list(company.folder.iterdir()) == []
    company.play("report").succeeded()
    written = (company.folder / "scw_report.html").stat().st_mtime_ns
    company.again("report")
    assert (company.folder / "scw_report.html").stat().st_mtime_ns == written


def test_the_page_needs_nothing_from_elsewhere_and_its_links_lead_to_places_in_it(company: Terminal) -> None:
    company.play("report").succeeded()
    shown = page(company.folder / "scw_report.html")
    assert shown.elements["html"] == shown.elements["style"] == 1
    assert not {"script", "link", "img", "iframe", "object"} & set(shown.elements)
    assert {link[:1] for link in shown.fetched} == {"#"}
    assert {link[1:] for link in shown.fetched} <= shown.anchors
    assert "@import" not in shown.source
    assert "url(" not in shown.source
    assert len(shown.figures) == shown.elements["summary"] - 1


def test_each_list_is_read_once(company: Terminal) -> None:
    company.play("report").succeeded()
    journal = company.emulator.journal()
    asked = Counter((entry.path, str(entry.query)) for entry in journal)
    assert {request: count for request, count in asked.items() if count > 1} == {}
    operations = Counter(entry.operation for entry in journal)
    assert operations["ListPipelinesWithStages"] == 1
    assert operations["ListBackends"] == operations["ListFrontends"] == operations["GetLBStats"] == 2
    assert {entry.method for entry in journal} == {"GET"}


def test_names_of_an_attacker_are_text_and_nothing_else(terminal: Terminal) -> None:
    name = "</text></svg><script>alert('{{ 6 * 7 }}')</script>"
    lbs = terminal.account
    lbs.post(
        "/lbs", name=name, type="lb-s", project_id=PROJECT_ID, description='"><img src=x onerror=alert(1)>', tags=[]
    )
    played = terminal.play("report").succeeded()
    shown = page(terminal.folder / "scw_report.html")
    assert not {"script", "img"} & set(shown.elements)
    assert name in shown.text
    assert "42" not in shown.text
    assert played.says(f"load balancer {name[:30]}")
    assert len(shown.figures) == 1


def test_an_empty_account_is_a_friendly_page(terminal: Terminal) -> None:
    played = terminal.play("report").succeeded()
    assert played.says("There is nothing in this account yet.")
    shown = page(terminal.folder / "scw_report.html")
    assert "There is nothing here yet" in shown.text
    assert shown.figures == []


def test_hundreds_of_objects_are_figures_of_which_those_in_order_are_closed(terminal: Terminal) -> None:
    terminal.emulator.seed(lbs=60, backends_per_lb=2, servers_per_backend=20)
    terminal.emulator.seed(container_namespaces=2, containers=90)
    showcase.healthy(terminal.emulator, "10.0.0.7")
    terminal.play("report").succeeded()
    shown = page(terminal.folder / "scw_report.html")
    assert "60 load balancers" in shown.text
    assert "2400 servers" in shown.text
    assert len(shown.figures) == 62
    assert shown.source.count('" open>') < 62
    assert re.search(r"and \d+ more all ready", shown.text)
    assert max(float(figure.get("height") or 0) for figure in shown.figures) < 800


def test_it_shows_what_it_is_asked_for(company: Terminal) -> None:
    wanted: dict[str, Any] = {"report_products": ["lb"], "report_zones": ["nl-ams-1"], "report_file": "out/cloud.html"}
    (company.folder / "out").mkdir()
    played = company.play("report", **wanted, report_title="Mail & <more>").succeeded()
    assert {entry.path.split("/")[4] for entry in company.emulator.journal()} == {"nl-ams-1"}
    assert not played.says("checkout")
    shown = page(company.folder / "out" / "cloud.html")
    assert "Mail & <more>" in shown.text
    assert "imap" in shown.text


def test_bad_input_is_refused_in_one_sentence_before_anything_is_read(terminal: Terminal) -> None:
    wrong = {"report_products": ["dns"], "report_zones": ["mars-1"], "report_regions": ["mars"]}
    played = terminal.play("report", **wrong).refused()
    assert played.says("value of report_products must be one or more of: lb, edge, container, function.")
    assert played.says("value of report_zones must be one or more of: fr-par-1,")
    assert played.says("value of report_regions must be one or more of: fr-par, nl-ams, pl-waw.")
    assert terminal.emulator.journal() == []


def test_a_place_that_cannot_be_read_fails_the_report_and_is_named(terminal: Terminal) -> None:
    terminal.emulator.faults([{"kind": "status", "operation": "ListLBs", "path": ".*/pl-waw-2/.*", "status": 403}])
    played = terminal.play("report").refused()
    assert played.says('"msg": "pl-waw-2: Could not list the load balancers in pl-waw-2: the API answered 403')
    assert not (terminal.folder / "scw_report.html").exists()


def test_a_key_that_is_none_is_not_shown(terminal: Terminal) -> None:
    terminal.environment["SCW_SECRET_KEY"] = "no-key-at-all"
    played = terminal.play("report", "-vvv").refused()
    assert played.says("the environment variable SCW_SECRET_KEY is not a secret key")
    assert "no-key-at-all" not in played.text


def test_no_secret_is_in_the_page_or_in_any_output(terminal: Terminal) -> None:
    secret = {
        "namespace": "shop",
        "name": "web",
        "image": "nginx:1",
        "secret_environment_variables": {"PASS": "hunter2-x"},
    }
    showcase.build(terminal.account, {"scw_container_namespace": [{"name": "shop"}], "scw_container": [secret]})
    played = terminal.play("report", "-vvv").succeeded()
    for text in (played.text, (terminal.folder / "scw_report.html").read_text()):
        assert "hunter2-x" not in text
        assert "argon2" not in text
        assert TOKEN not in text
