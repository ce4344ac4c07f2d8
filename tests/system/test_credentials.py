"""Where a site's password is found, in which order, and what is refused."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.credentials import Credential, SimpleCredential
from keyring.errors import KeyringLocked

from pubtool.errors import BadCredentials, CannotRead, NoPassword, PubtoolError
from pubtool.system.credentials import credentials_of, file_of, variable_of

URL = "https://blog.example"
SECRET = "abcd EFGH 1234"


class Ring(KeyringBackend):
    """A keyring in memory, as the system would have one."""

    priority = 1.0
    kept: dict[tuple[str, str], str]
    locked = False

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_credential(self, service: str, username: str | None) -> Credential | None:
        if self.locked:
            raise KeyringLocked("it is locked")
        for (kept, user), password in self.kept.items():
            if kept == service and username in (None, user):
                return SimpleCredential(user, password)
        return None


@pytest.fixture(autouse=True)
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    found = Ring()  # type: ignore[no-untyped-call]
    found.kept = {}
    monkeypatch.setattr(keyring.core, "_keyring_backend", found)
    return found


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CONFIG_HOME": str(tmp_path)}


def put(path: Path, text: str, mode: int = 0o600) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def section(name: str = "blog", url: str = URL, more: str = "") -> str:
    return f'[sites.{name}]\nurl = "{url}"\npassword = "{SECRET}"\n{more}'


def found(environment: dict[str, str], user: str = "anna") -> tuple[str, str]:
    credentials = credentials_of("blog", URL, user, environment)
    assert SECRET not in repr(credentials)
    return credentials.user, credentials.secret.reveal()


def refused(environment: dict[str, str], kind: type[PubtoolError]) -> str:
    with pytest.raises(kind) as caught:
        credentials_of("blog", URL, "anna", environment)
    said = str(caught.value)
    assert SECRET not in said
    assert "\n" not in said
    assert "; " in said, "no mend"
    return said


@pytest.mark.parametrize(
    ("site", "variable"),
    [("blog", "BLOG"), ("my-blog", "MY_BLOG"), ("b_2", "B_2"), ("é.x", "__X")],
)
def test_a_site_has_a_variable_of_the_environment(site: str, variable: str) -> None:
    assert variable_of(site) == f"PUBTOOL_PASSWORD_{variable}"
    credentials = credentials_of(site, URL, "anna", {variable_of(site): f" {SECRET}\n"})
    assert credentials.secret.reveal() == SECRET


def test_the_environment_comes_before_the_file_and_that_before_the_keyring(
    environment: dict[str, str], ring: Ring, tmp_path: Path
) -> None:
    ring.kept[f"pubtool:{URL}", "anna"] = "from the keyring"
    assert found(environment) == ("anna", "from the keyring")
    put(tmp_path / "pubtool" / "credentials.toml", section())
    assert found(environment) == ("anna", SECRET)
    environment["PUBTOOL_PASSWORD_BLOG"] = "from the environment"
    assert found(environment) == ("anna", "from the environment")
    environment["PUBTOOL_PASSWORD_BLOG"] = ""
    assert found(environment) == ("anna", SECRET)


def test_the_file_may_be_named(environment: dict[str, str], tmp_path: Path) -> None:
    put(tmp_path / "pubtool" / "credentials.toml", section().replace(SECRET, "another"))
    environment["PUBTOOL_CREDENTIALS"] = str(put(tmp_path / "mine.toml", section()))
    assert found(environment) == ("anna", SECRET)


@pytest.mark.parametrize(
    ("environment", "path"),
    [
        ({}, "~/.config/pubtool/credentials.toml"),
        ({"XDG_CONFIG_HOME": ""}, "~/.config/pubtool/credentials.toml"),
        ({"XDG_CONFIG_HOME": "relative"}, "~/.config/pubtool/credentials.toml"),
        ({"XDG_CONFIG_HOME": "/x"}, "/x/pubtool/credentials.toml"),
        ({"PUBTOOL_CREDENTIALS": "~/my.toml", "XDG_CONFIG_HOME": "/x"}, "~/my.toml"),
    ],
)
def test_the_file_is_where_the_xdg_specification_has_it(
    environment: dict[str, str], path: str
) -> None:
    assert file_of(environment) == Path(path).expanduser()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o666, 0o601])
def test_a_file_that_others_can_reach_is_not_read(
    environment: dict[str, str], tmp_path: Path, mode: int
) -> None:
    path = put(tmp_path / "pubtool" / "credentials.toml", section(), mode)
    assert f"run `chmod 600 {path}`" in refused(environment, BadCredentials)


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_a_file_of_ones_own_is_read(environment: dict[str, str], tmp_path: Path, mode: int) -> None:
    put(tmp_path / "pubtool" / "credentials.toml", section(), mode)
    assert found(environment) == ("anna", SECRET)


def test_a_password_goes_to_the_address_beside_it_and_to_no_other(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """A project may call any site by any name."""
    path = tmp_path / "pubtool" / "credentials.toml"
    put(path, section(url="https://other.example"))
    assert "is for https://other.example" in refused(environment, BadCredentials)
    put(path, f'[sites.blog]\npassword = "{SECRET}"')
    assert "has no `url`" in refused(environment, BadCredentials)
    put(path, section(url=URL + "/"))
    assert found(environment) == ("anna", SECRET)


def test_the_user_may_stand_beside_the_password(
    environment: dict[str, str], ring: Ring, tmp_path: Path
) -> None:
    put(tmp_path / "pubtool" / "credentials.toml", section(more='user = "berta"'))
    assert found(environment, "") == ("berta", SECRET)
    assert found(environment, "anna") == ("anna", SECRET)
    (tmp_path / "pubtool" / "credentials.toml").unlink()
    ring.kept[f"pubtool:{URL}", "clara"] = SECRET
    assert found(environment, "") == ("clara", SECRET)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"[sites.blog]\npassword = {SECRET}", "credentials.toml:2: not TOML"),
        (f'[sites.blog]\npassword = "{SECRET}', "not TOML"),
        ('[sites.blog]\nurl = "x"', "no `password` in quotation marks"),
        ("[sites.blog]\npassword = 1234", "no `password` in quotation marks"),
        ('[sites.blog]\npassword = " "', "no `password` in quotation marks"),
        (section(more="user = 1"), "in quotation marks"),
        ("sites = 1", "has no section [sites.blog]"),
        (f'[sites]\nblog = "{SECRET}"', "has no section [sites.blog]"),
    ],
)
def test_a_file_that_is_written_wrong_is_refused_without_its_words(
    environment: dict[str, str], tmp_path: Path, text: str, why: str
) -> None:
    put(tmp_path / "pubtool" / "credentials.toml", text)
    assert why in refused(environment, BadCredentials)


def test_a_file_that_speaks_of_others_is_no_fault(
    environment: dict[str, str], ring: Ring, tmp_path: Path
) -> None:
    put(tmp_path / "pubtool" / "credentials.toml", section("other"))
    ring.kept[f"pubtool:{URL}", "anna"] = SECRET
    assert found(environment) == ("anna", SECRET)


def test_a_file_that_is_named_must_be_there(environment: dict[str, str], tmp_path: Path) -> None:
    environment["PUBTOOL_CREDENTIALS"] = str(tmp_path / "none.toml")
    assert "none.toml: cannot be read" in refused(environment, CannotRead)
    environment["PUBTOOL_CREDENTIALS"] = str(tmp_path)
    tmp_path.chmod(0o700)
    refused(environment, CannotRead)


def test_where_nothing_is_found_all_the_places_are_named(environment: dict[str, str]) -> None:
    said = refused(environment, NoPassword)
    assert '`export PUBTOOL_PASSWORD_BLOG="…"`' in said
    assert said.startswith("blog: no password in PUBTOOL_PASSWORD_BLOG, in ")
    assert f"pubtool/credentials.toml, or in the keyring under pubtool:{URL}; make one " in said
    assert "application password" in said


def test_a_keyring_that_cannot_be_asked_is_said(environment: dict[str, str], ring: Ring) -> None:
    ring.locked = True
    assert "the system's keyring cannot be asked" in refused(environment, NoPassword)


def test_the_keyring_is_an_extra(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert 'pip install "pubtool[keyring]"' in refused(environment, NoPassword)


def test_the_keyring_is_imported_only_when_it_is_asked(environment: dict[str, str]) -> None:
    import subprocess

    code = (
        "import sys; from pubtool.system.credentials import credentials_of; "
        "credentials_of('a', 'https://a', 'u', {'PUBTOOL_PASSWORD_A': 'x'}); "
        "sys.exit('keyring' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
