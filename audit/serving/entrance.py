"""Who is let in: only a browser that was given this server's address with its key, and only from its own pages.

A page elsewhere can make a browser ask 127.0.0.1 (CSRF), also under a name of its own that it lets point here (DNS
rebinding). So the Host and the Origin that a browser tells must be this server's, and a secret that no other page
knows is asked for.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import field

from audit.model.errors import InputError
from audit.model.frozen import frozen

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}
"""What every answer says: nothing from elsewhere, no script in a page, in no frame, kept nowhere."""


@frozen
class Entrance:
    """The door of one server at `host` (as in an address) and `port`; `key` is the secret of its address."""

    host: str
    port: int
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @property
    def address(self) -> str:
        """The address that lets in."""
        return f"http://{self.host}:{self.port}/?key={self.key}"

    @property
    def cookie(self) -> str:
        """The name of the cookie; browsers keep cookies by host, whatever the port."""
        return f"audit-{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """The Host headers that mean this server."""
        names = LOOPBACK if self.host in LOOPBACK else (self.host,)
        return frozenset(f"{name}:{self.port}" for name in names)

    def opens(self, key: str) -> bool:
        """Whether a key is this server's."""
        return hmac.compare_digest(key.encode(), self.key.encode())

    def refuses(self, method: str, path: str, headers: Mapping[str, str]) -> str | None:
        """Why a request is not of a page of this server; None where it may be one. `headers` are in small letters."""
        if headers.get("host", "").lower() not in self.hosts:
            return "Host"
        origin = headers.get("origin")
        own = f"http://{headers['host'].lower()}"
        changes = method not in ("GET", "HEAD")
        if (changes and origin is None) or (origin is not None and origin.lower() != own):
            return "Origin"
        site = headers.get("sec-fetch-site")
        arrives = path == "/" and not changes and headers.get("sec-fetch-mode") == "navigate"
        if site not in (None, "same-origin", "none") and not arrives:
            return "Sec-Fetch-Site"
        return None


def listening_host(host: str, token: str | None) -> str:
    """The host as it stands in an address; `InputError` where others could come in and no token keeps them out."""
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    try:
        address = ipaddress.ip_address(shown.strip("[]"))
        local, every = address.is_loopback, address.is_unspecified
    except ValueError:
        local, every = shown.lower() == "localhost", False
    if every:
        raise InputError("--host {host} is every address of this machine; name the one that others are to use.",
                         host=host)  # fmt: skip
    if not local and not token:
        raise InputError(
            "--host {host} lets other machines in, unencrypted; give --token TOKEN too, which the address then asks for.",
            host=host,
        )
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise InputError("--token is too short to keep anybody out; give at least {count} characters.",
                         count=SHORTEST_TOKEN)  # fmt: skip
    return shown.lower()


SHORTEST_TOKEN = 16
