# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where settings come from, and which source wins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.api.config import Settings, load_settings
from ansible_collections.scw.cloud.plugins.module_utils.errors import ConfigError
from unit.configuration import Config
from unit.samples import ORGANIZATION, PROJECT, SECRET

KEY = {"SCW_SECRET_KEY": SECRET}
OTHER = "99999999-9999-4999-8999-999999999999"


# Precedence

U = [f"{digit}{digit}{digit}{digit}0000-0000-4000-8000-000000000000" for digit in range(1, 7)]
URLS = [f"https://{number}.example.com" for number in range(6)]
SETTINGS = {
    # setting: option, variable, profile key, five different values
    "secret_key": ("secret_key", "SCW_SECRET_KEY", "secret_key", U),
    "api_url": ("api_url", "SCW_API_URL", "api_url", URLS),
    "project_id": ("project_id", "SCW_DEFAULT_PROJECT_ID", "default_project_id", U),
    "organization_id": ("organization_id", "SCW_DEFAULT_ORGANIZATION_ID", "default_organization_id", U),
    "zone": ("zone", "SCW_DEFAULT_ZONE", "default_zone", ["a-1", "b-1", "c-1", "d-1", "e-1"]),
    "region": ("region", "SCW_DEFAULT_REGION", "default_region", ["a", "b", "c", "d", "e"]),
}


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("strongest", ["option", "environment", "profile", "top level"])
def test_option_wins_over_environment_over_profile_over_top_level(config: Config, setting: str, strongest: str) -> None:
    option, variable, key, values = SETTINGS[setting]
    sources = ["option", "environment", "profile", "top level"]
    given = sources[sources.index(strongest) :]
    config.write(
        {
            "secret_key": SECRET,
            **({key: values[3]} if "top level" in given else {}),
            "profiles": {"p": {key: values[2]} if "profile" in given else {}},
        }
    )
    environment = {"SCW_PROFILE": "p", **({variable: values[1]} if "environment" in given else {})}
    options = {option: values[0]} if "option" in given else {option: None}
    assert getattr(config.load(environment, **options), setting) == values[sources.index(strongest)]


@pytest.mark.parametrize(
    ("option", "variable", "profile", "top", "insecure"),
    [
        (False, "true", True, True, False),
        (None, "false", True, True, False),
        (None, None, False, True, False),
        (None, None, None, True, True),
        (True, "false", False, False, True),
        (None, "1", False, False, True),
        (None, "", True, True, False),
        (None, None, "yes", None, True),
        (None, None, "off", None, False),
        (None, None, None, None, False),
    ],
)
def test_insecure_follows_the_same_order(
    config: Config, option: Any, variable: str | None, profile: Any, top: Any, insecure: bool
) -> None:
    config.write({"secret_key": SECRET, "insecure": top, "profiles": {"p": {"insecure": profile}}})
    environment = {"SCW_PROFILE": "p"} | ({} if variable is None else {"SCW_INSECURE": variable})
    assert config.load(environment, api_allow_insecure=option).api_allow_insecure is insecure


def test_with_nothing_but_a_key_the_defaults_apply() -> None:
    settings = load_settings({}, KEY)
    assert settings == Settings(SECRET, "https://api.scaleway.com", False, None, None, "fr-par-1", "fr-par")


@pytest.mark.parametrize(
    ("environment", "zone", "region"),
    [
        ({"SCW_DEFAULT_REGION": "nl-ams"}, "nl-ams-1", "nl-ams"),
        ({"SCW_DEFAULT_ZONE": "pl-waw-2"}, "pl-waw-2", "pl-waw"),
        ({"SCW_DEFAULT_ZONE": "pl-waw-2", "SCW_DEFAULT_REGION": "nl-ams"}, "pl-waw-2", "nl-ams"),
    ],
)
def test_zone_and_region_complete_each_other(environment: dict[str, str], zone: str, region: str) -> None:
    settings = load_settings({}, KEY | environment)
    assert (settings.zone, settings.region) == (zone, region)


@pytest.mark.parametrize(
    ("variable", "setting", "value"),
    [
        ("SCW_TOKEN", "secret_key", OTHER),
        ("SCALEWAY_TOKEN", "secret_key", OTHER),
        ("SCW_ORGANIZATION", "organization_id", OTHER),
        ("SCALEWAY_ORGANIZATION", "organization_id", OTHER),
        ("SCW_REGION", "region", "nl-ams"),
    ],
)
def test_deprecated_variables_still_count(config: Config, variable: str, setting: str, value: str) -> None:
    config.write({"secret_key": SECRET, "default_organization_id": ORGANIZATION, "default_region": "pl-waw"})
    assert getattr(config.load({variable: value}), setting) == value


@pytest.mark.parametrize(
    ("current", "deprecated", "setting", "value"),
    [
        ("SCW_SECRET_KEY", "SCW_TOKEN", "secret_key", SECRET),
        ("SCW_DEFAULT_ORGANIZATION_ID", "SCW_ORGANIZATION", "organization_id", SECRET),
    ],
)
def test_a_deprecated_variable_yields_to_the_current_one(
    current: str, deprecated: str, setting: str, value: str
) -> None:
    settings = load_settings({}, KEY | {current: value, deprecated: OTHER})
    assert getattr(settings, setting) == value


@pytest.mark.parametrize(("old", "zone", "region"), [("par1", "fr-par-1", "fr-par"), ("ams1", "nl-ams-1", "nl-ams")])
def test_the_regions_of_old_tools_are_translated(old: str, zone: str, region: str) -> None:
    settings = load_settings({}, KEY | {"SCW_REGION": old})
    assert (settings.zone, settings.region) == (zone, region)


def test_the_deprecated_switch_of_certificate_checks_still_counts() -> None:
    assert load_settings({}, KEY | {"SCW_TLSVERIFY": "false"}).api_allow_insecure is True


def test_the_trailing_slash_of_the_url_is_dropped() -> None:
    assert load_settings({"api_url": "https://api.example.com/"}, KEY).api_url == "https://api.example.com"


def test_space_around_a_key_is_ignored() -> None:
    assert load_settings({}, {"SCW_SECRET_KEY": f" {SECRET}\n"}).secret_key == SECRET


def test_the_key_is_not_part_of_the_settings_as_text() -> None:
    assert SECRET not in repr(load_settings({}, KEY))


# Profiles


def profiled(**top: Any) -> dict[str, Any]:
    """A file with two profiles."""
    return {
        "secret_key": SECRET,
        "default_zone": "fr-par-2",
        "default_project_id": PROJECT,
        "profiles": {"prod": {"default_zone": "nl-ams-1"}, "test": {"default_zone": "pl-waw-1"}},
        **top,
    }


@pytest.mark.parametrize(
    ("option", "variable", "active", "zone"),
    [
        ("test", "prod", "prod", "pl-waw-1"),
        (None, "test", "prod", "pl-waw-1"),
        (None, None, "prod", "nl-ams-1"),
        (None, None, None, "fr-par-2"),
        (None, "", "prod", "nl-ams-1"),
        ("default", "test", "prod", "fr-par-2"),
        (None, "default", "prod", "fr-par-2"),
    ],
)
def test_the_profile_is_the_option_then_scw_profile_then_the_active_one(
    config: Config, option: str | None, variable: str | None, active: str | None, zone: str
) -> None:
    config.write(profiled(active_profile=active))
    environment = {} if variable is None else {"SCW_PROFILE": variable}
    assert config.load(environment, profile=option).zone == zone


def test_what_a_profile_leaves_out_comes_from_the_top_level(config: Config) -> None:
    config.write(profiled())
    settings = config.load(profile="prod")
    assert (settings.secret_key, settings.project_id) == (SECRET, PROJECT)


def test_a_null_in_a_profile_does_not_hide_the_top_level(config: Config) -> None:
    config.write(profiled(profiles={"prod": {"default_zone": None}}))
    assert config.load(profile="prod").zone == "fr-par-2"


def test_a_profile_that_is_called_default_is_a_profile(config: Config) -> None:
    config.write(profiled(profiles={"default": {"default_zone": "nl-ams-3"}}))
    assert config.load(profile="default").zone == "nl-ams-3"


def test_a_profile_whose_name_looks_like_a_number_is_found(config: Config) -> None:
    config.write(profiled(profiles={2024: {"default_zone": "nl-ams-3"}}))
    assert config.load(profile="2024").zone == "nl-ams-3"


@pytest.mark.parametrize("profiles", [profiled()["profiles"], {}, None])
def test_an_unknown_profile_is_refused_with_the_known_ones(config: Config, profiles: Any) -> None:
    config.write(profiled(profiles=profiles))
    said = config.refusal(profile="prd")
    assert f"profile 'prd' is not in {config.path}" in said
    assert ("prod, test" if profiles else "none") in said


@pytest.mark.parametrize("how", ["option", "variable", "active"])
def test_a_profile_must_exist_however_it_is_chosen(config: Config, how: str) -> None:
    config.write(profiled(active_profile="prd" if how == "active" else None))
    environment = {"SCW_PROFILE": "prd"} if how == "variable" else {}
    assert "'prd'" in config.refusal(environment, profile="prd" if how == "option" else None)


# Files


@pytest.mark.parametrize(
    ("environment", "used"),
    [
        ({"SCW_CONFIG_PATH": "a.yaml", "XDG_CONFIG_HOME": "xdg", "HOME": "home"}, "a"),
        ({"XDG_CONFIG_HOME": "xdg", "HOME": "home"}, "b"),
        ({"HOME": "home"}, "c"),
        ({"SCW_CONFIG_PATH": "", "XDG_CONFIG_HOME": "", "HOME": "home"}, "c"),
        ({}, None),
        ({"HOME": ""}, None),
        ({"HOME": "nowhere"}, None),
        ({"SCW_CONFIG_PATH": "nowhere.yaml", "HOME": "home"}, None),
    ],
)
def test_the_file_is_found_where_the_vendors_tools_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], used: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    for path, name in (("a.yaml", "a"), ("xdg/scw/config.yaml", "b"), ("home/.config/scw/config.yaml", "c")):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(f"default_zone: {name}-1\n")
    settings = load_settings({}, KEY | environment)
    assert settings.zone == (f"{used}-1" if used else "fr-par-1")


def test_the_option_for_the_file_wins_over_the_environment(config: Config, tmp_path: Path) -> None:
    config.write({"default_zone": "a-1"})
    chosen = tmp_path / "chosen.yaml"
    chosen.write_text("default_zone: b-1\n")
    assert config.load(KEY, config_file=str(chosen)).zone == "b-1"


def test_a_file_that_the_task_names_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"missing\.yaml does not exist"):
        load_settings({"config_file": str(tmp_path / "missing.yaml")}, KEY)


def test_a_profile_without_any_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="profile 'prod': the configuration file .* does not exist"):
        load_settings({"profile": "prod"}, KEY | {"HOME": str(tmp_path)})


def test_a_file_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Could not read"):
        load_settings({"config_file": str(tmp_path)}, KEY)


@pytest.mark.parametrize("content", ["", "---\n", "# nothing\n", "null\n", "\ufeffdefault_zone: fr-par-1\n"])
def test_an_empty_file_is_no_error(config: Config, content: str) -> None:
    config.write(content)
    assert config.load(KEY).zone == "fr-par-1"


def test_profiles_may_share_settings_by_yaml_merging(config: Config) -> None:
    config.write("shared: &shared {default_zone: nl-ams-2}\nprofiles:\n  p: {<<: *shared}\n")
    assert config.load(KEY, profile="p").zone == "nl-ams-2"


def test_unknown_keys_of_the_file_are_ignored(config: Config) -> None:
    config.write({"secret_key": SECRET, "send_telemetry": True, "s3_endpoint": 5, "profiles": {"p": {"x": [1]}}})
    assert config.load(profile="p").secret_key == SECRET
