# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a wrong setting or file is told, and what is never shown."""

from __future__ import annotations

import time
import traceback
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.module_utils.api.config import load_settings
from ansible_collections.scw.cloud.plugins.module_utils.errors import ConfigError
from unit.configuration import Config
from unit.samples import ACCESS, PROJECT, SECRET

KEY = {"SCW_SECRET_KEY": SECRET}
OTHER = "99999999-9999-4999-8999-999999999999"


# Files

SHAPES = {
    "a list": [SECRET],
    "a text": SECRET,
    "a number": 5,
    "profiles as a list": {"secret_key": SECRET, "profiles": [{"secret_key": SECRET}]},
    "profiles as a text": {"secret_key": SECRET, "profiles": SECRET},
    "a profile as a list": {"secret_key": SECRET, "active_profile": "p", "profiles": {"p": [SECRET]}},
    "a profile as a text": {"secret_key": SECRET, "active_profile": "p", "profiles": {"p": SECRET}},
    "an active profile as a list": {"secret_key": SECRET, "active_profile": [SECRET], "profiles": {"p": {}}},
    "an active profile as an object": {"secret_key": SECRET, "active_profile": {"a": 1}, "profiles": {"p": {}}},
}


@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES)
def test_a_file_of_another_shape_is_refused_without_its_content(config: Config, content: Any) -> None:
    config.write(content)
    assert SECRET not in config.refusal()


BROKEN = {
    "a tab": f"secret_key:\n\t{SECRET}\n",
    "an open quote": f'secret_key: "{SECRET}\nother: 1\n',
    "two colons": f"secret_key: {SECRET}: x\n",
    "an open list": f"secret_key: [{SECRET}\n",
    "a python object": f"secret_key: !!python/object/apply:os.system ['echo {SECRET}']\n",
    "a python name": f"!!python/name:os.system {SECRET}\n",
    "an unknown anchor": f"secret_key: *x\na: {SECRET}\n",
    "a control character": f"secret_key: {SECRET}\x07\n",
    "a list as a key": f"? [a]\n: {SECRET}\n",
    "endless nesting": "a: " + "[" * 1_500 + SECRET,
    "two documents": f"secret_key: {SECRET}\n---\nsecret_key: {SECRET}\n",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_broken_or_hostile_yaml_is_refused_without_its_content(config: Config, content: str) -> None:
    config.write(content)
    said = config.refusal()
    assert str(config.path) in said
    assert SECRET[:8] not in said


@pytest.mark.parametrize("tag", ["!!int", "!!float", "!!bool", "!!timestamp", "!!null", "!!str"])
def test_a_tag_that_does_not_fit_its_value_shows_nothing(config: Config, tag: str) -> None:
    config.write(f"secret_key: {tag} {SECRET}\nnote: 2024-99-99\n")
    try:
        shown = repr(config.load())
    except ConfigError as error:
        shown = "".join(traceback.format_exception(error))
    assert SECRET[:8] not in shown


@pytest.mark.parametrize("shape", ["[*{0}, *{0}]", "{{x: *{0}, y: *{0}}}"], ids=["lists", "mappings"])
def test_yaml_that_multiplies_itself_does_no_harm(config: Config, shape: str) -> None:
    lines = ["a0: &a0 {k: v}"] + [f"a{n}: &a{n} {shape.format(f'a{n - 1}')}" for n in range(1, 19)]
    config.write("\n".join([*lines, f"secret_key: {SECRET}", "profiles: {p: {default_zone: nl-ams-1}}"]))
    started = time.process_time()
    assert config.load(profile="p").zone == "nl-ams-1"
    assert time.process_time() - started < 1


def test_yaml_that_contains_itself_does_no_harm(config: Config) -> None:
    config.write(f"secret_key: {SECRET}\nloop: &loop {{again: *loop}}\n")
    assert config.load().secret_key == SECRET


def test_a_file_that_is_no_text_is_refused(config: Config) -> None:
    config.path.write_bytes(b"\xff\xfe" + SECRET.encode())
    assert SECRET[:8] not in config.refusal()


@given(content=st.binary(max_size=60))
def test_no_file_content_makes_a_traceback(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(content)
    try:
        secret = load_settings({"config_file": str(path)}, KEY).secret_key
    except ConfigError as error:
        secret = SECRET if str(path) in str(error) else ""
    assert secret == SECRET


# Wrong values


def test_without_a_key_the_ways_to_give_one_are_told() -> None:
    with pytest.raises(ConfigError, match=r"secret_key.*SCW_SECRET_KEY.*profile"):
        load_settings({}, {})


MALFORMED = {
    "secret_key": ["not-a-uuid-but-secret", SECRET[:-1], f"{SECRET}0", SECRET.replace("-", "")],
    "access_key": ["XXX" + ACCESS[3:], ACCESS[:-1], ACCESS + "1", "SCW access key 00001"],
}


@pytest.mark.parametrize("source", ["option", "environment", "file"])
@pytest.mark.parametrize(("setting", "value"), [(name, value) for name in MALFORMED for value in MALFORMED[name]])
def test_a_malformed_key_is_refused_with_its_source_and_never_shown(
    config: Config, setting: str, value: str, source: str
) -> None:
    config.write({setting: value} if source == "file" else {})
    environment = {f"SCW_{setting.upper()}": value} if source == "environment" else {}
    said = config.refusal(environment, **({setting: value} if source == "option" else {}))
    named = {"option": f"the option {setting}", "environment": f"SCW_{setting.upper()}", "file": str(config.path)}
    assert named[source] in said
    assert value[:8] not in said


@pytest.mark.parametrize("value", [12345678901234567890, True, 1.5, ["a"], {"a": "b"}])
@pytest.mark.parametrize("key", ["secret_key", "access_key"])
def test_a_key_that_is_no_text_is_refused_and_not_shown(config: Config, key: str, value: Any) -> None:
    config.write({"secret_key": SECRET, key: value})
    said = config.refusal()
    assert key in said
    assert str(value) not in said.replace("config.yaml", "")


@pytest.mark.parametrize(
    "variable", ["SCW_SECRET_KEY", "SCW_ACCESS_KEY", "SCW_API_URL", "SCW_DEFAULT_PROJECT_ID", "SCW_DEFAULT_ZONE"]
)
@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_variable_counts_as_set_and_is_refused(config: Config, variable: str, value: str) -> None:
    config.write({"secret_key": SECRET, "access_key": ACCESS})
    assert f"{variable} is set but empty" in config.refusal({variable: value})


@pytest.mark.parametrize("option", ["project_id", "organization_id"])
@pytest.mark.parametrize("value", ["web", PROJECT[:-1], "11111111"])
def test_an_id_that_is_none_is_refused_with_the_value(option: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"the option {option} is not an ID: '{value}'. It must be a UUID"):
        load_settings({option: value}, KEY)


@pytest.mark.parametrize("value", ["maybe", "2", "null"])
def test_a_switch_that_is_neither_on_nor_off_is_refused(value: str) -> None:
    with pytest.raises(ConfigError, match=f"SCW_INSECURE is '{value}'. It must be true or false"):
        load_settings({}, KEY | {"SCW_INSECURE": value})


WRONG_URLS = [
    "api.scaleway.com",
    "ftp://api.scaleway.com",
    "https://",
    "https:///x",
    "file:///etc/passwd",
    "https://user:hunter2@api.scaleway.com",
    "https://:hunter2@api.scaleway.com",
    "https://api.scaleway.com/?key=hunter2",
    "https://api.scaleway.com/#hunter2",
    "https://[::1",
    "https://api.scaleway.com:port",
    "https://api.scaleway.com:99999",
    "https://api .scaleway.com",
]


@pytest.mark.parametrize("url", WRONG_URLS)
def test_a_url_that_is_no_base_url_is_refused(url: str) -> None:
    with pytest.raises(
        ConfigError, match=r"the option api_url is not the base URL of an API such as https://"
    ) as raised:
        load_settings({"api_url": url}, KEY)
    assert "hunter2" not in str(raised.value)


HERE = ["http://127.0.0.1:8042", "http://localhost", "http://[::1]:80", "http://127.1.2.3", "HTTP://LOCALHOST"]
ELSEWHERE = [
    "http://api.scaleway.com",
    "http://10.0.0.1",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com",
    "http://127.0.0.1@example.com",
    "http://0.0.0.0",
    "HTTP://api.scaleway.com",
]


@pytest.mark.parametrize("url", HERE)
def test_plain_http_is_fine_on_this_machine(url: str) -> None:
    assert load_settings({"api_url": url}, KEY).api_url == url


@pytest.mark.parametrize("url", ELSEWHERE)
def test_plain_http_to_another_machine_is_refused(url: str) -> None:
    with pytest.raises(ConfigError):
        load_settings({"api_url": url}, KEY)


def test_plain_http_to_another_machine_is_possible_on_request() -> None:
    url = "http://api.internal"
    assert load_settings({"api_url": url, "api_allow_insecure": True}, KEY).api_url == url


def test_the_refusal_of_plain_http_says_what_to_do() -> None:
    with pytest.raises(ConfigError, match="in clear. Use https, or set api_allow_insecure"):
        load_settings({"api_url": "http://api.scaleway.com"}, KEY)


def test_settings_come_from_the_environment_that_is_passed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCW_SECRET_KEY", OTHER)
    assert load_settings({}, KEY).secret_key == SECRET


def test_no_file_is_read_where_pyyaml_is_missing_and_no_file_exists(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "yaml", None)
    assert load_settings({}, KEY | {"HOME": str(tmp_path)}).secret_key == SECRET


def test_a_file_that_cannot_be_read_without_pyyaml_is_an_error(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write({"secret_key": SECRET})
    monkeypatch.setitem(__import__("sys").modules, "yaml", None)
    assert "PyYAML" in config.refusal()
