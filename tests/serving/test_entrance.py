"""Who is let in: nobody without the key, no page from elsewhere, no name that only points here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.cli import main
from audit.model.errors import InputError
from audit.serving.entrance import Entrance, listening_host
from tests.serving.visiting import Guest, served


@pytest.fixture(scope="module")
def entrance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Entrance]:
    with served(tmp_path_factory.mktemp("served")) as entrance:
        yield entrance


def test_nobody_comes_in_without_the_key(entrance: Entrance) -> None:
    stranger = Guest(entrance)
    for path in ("/", "/drafts", "/assets/draft.js", "/drafts/x", "/?key=", "/?key=wrong"):
        answer = stranger.ask("GET", path)
        assert answer.status == 403 and "set-cookie" not in answer.headers
        assert entrance.key.encode() not in answer.body
    assert stranger.ask("POST", "/drafts?name=a.txt", b"x").status == 403
    assert Guest(entrance, f"{entrance.cookie}=guessed").ask("GET", "/drafts").status == 403


def test_the_key_gives_a_cookie_that_no_script_and_no_other_site_can_use_and_leaves_the_address(
    entrance: Entrance,
) -> None:
    answer = Guest(entrance).ask("GET", f"/?key={entrance.key}")
    told = answer.headers["set-cookie"].lower()
    assert "httponly" in told and "samesite=strict" in told
    assert entrance.key not in answer.headers["set-cookie"]
    assert (answer.status, answer.headers["location"]) == (303, "/")


def test_every_start_has_another_key() -> None:
    keys = {Entrance("127.0.0.1", 80).key for _ in range(20)}
    assert len(keys) == 20 and min(map(len, keys)) >= 32


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}", ""]
)
def test_another_host_is_refused_even_with_the_cookie(entrance: Entrance, host: str) -> None:
    guest = Guest(entrance).enter()
    assert guest.ask("GET", "/drafts", Host=host.format(port=entrance.port)).status in (400, 403)
    assert guest.ask("GET", "/drafts").status == 200


def test_localhost_is_this_server_too(entrance: Entrance) -> None:
    guest = Guest(entrance).enter()
    own = f"localhost:{entrance.port}"
    assert guest.ask("GET", "/drafts", Host=own).status == 200
    assert guest.ask("POST", "/drafts?name=x.exe", b"x", Host=own, Origin=f"http://{own}").status == 415


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "http://evil.example",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
    ],
)
@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT"])
def test_nothing_is_changed_from_another_origin(entrance: Entrance, method: str, origin: str | None) -> None:
    guest = Guest(entrance).enter()
    told = origin and origin.format(port=entrance.port)
    for path in ("/drafts?name=a.txt", "/sample", "/drafts/x/try"):
        assert guest.ask(method, path, b"x", Origin=told).status == 403
    assert guest.drafts() == {}


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_nothing_is_read_from_another_site(entrance: Entrance, site: str) -> None:
    guest = Guest(entrance).enter()
    assert guest.ask("GET", "/drafts", Sec_Fetch_Site=site).status == 403
    assert guest.ask("GET", "/drafts", Origin="http://evil.example").status == 403
    arriving = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": "navigate"}
    assert guest.ask("GET", "/", **arriving).status == 200
    assert guest.ask("GET", "/drafts", **arriving).status == 403


def test_every_answer_forbids_scripts_in_the_page_frames_sniffing_and_keeping(entrance: Entrance) -> None:
    guest = Guest(entrance).enter()
    stranger = Guest(entrance)
    answers = [
        guest.ask("GET", "/"), guest.ask("GET", "/drafts"), guest.ask("GET", "/assets/page.css"),
        guest.ask("GET", "/nowhere"), stranger.ask("GET", "/"), stranger.ask("GET", "/", Host="evil.example"),
    ]  # fmt: skip
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy
        assert "unsafe" not in policy and "http" not in policy and "*" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "server" not in answer.headers and "access-control-allow-origin" not in answer.headers


def test_no_page_has_a_script_or_style_of_its_own(entrance: Entrance) -> None:
    page = Guest(entrance).enter().ask("GET", "/").body.decode()
    assert " style=" not in page and "<style" not in page and " onclick" not in page
    assert page.count("<script") == 2 and 'type="application/json"' in page
    assert "//" not in page.replace("<!doctype", "").split("</head>")[0].replace("/assets/", "")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_this_machine_needs_no_token(host: str) -> None:
    listening_host(host, None)


@pytest.mark.parametrize("host", ["192.168.1.5", "10.0.0.1", "2001:db8::1", "audit.example"])
def test_another_address_needs_a_token_and_says_so(host: str) -> None:
    with pytest.raises(InputError, match="--token"):
        listening_host(host, None)
    with pytest.raises(InputError, match="too short"):
        listening_host(host, "short")
    listening_host(host, "a-long-enough-token")


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_every_address_at_once_is_refused(host: str) -> None:
    with pytest.raises(InputError, match="name the one"):
        listening_host(host, "a-long-enough-token")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--host", "192.0.2.1"], "--token"),
        (["--host", "0.0.0.0", "--token", "a-long-enough-token"], "name the one"),
        (["--host", "127.0.0.1", "--port", "99999"], "choose another --port"),
        (["no-such-workspace"], "datapackage.json"),
    ],
)
def test_the_command_refuses_in_a_sentence(arguments: list[str], told: str) -> None:
    done = CliRunner().invoke(main, ["serve", "--no-browser", *arguments])
    assert done.exit_code == 2 and told in done.stderr and "Traceback" not in done.stderr


def test_what_the_server_keeps_is_its_own(tmp_path: Path) -> None:
    with served(tmp_path) as entrance:
        guest = Guest(entrance).enter()
        assert guest.bring("a.txt", "全市投资10亿元。".encode()).status == 202
        guest.settled("a.txt")
        kept = [path for path in tmp_path.iterdir() if path.is_dir()]
        assert len(kept) == 1 and kept[0].stat().st_mode & 0o077 == 0
        assert guest.ask("DELETE", f"/drafts/{guest.drafts()['a.txt']['id']}").status == 204
        assert not kept[0].exists()
