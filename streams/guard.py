"""Who may read: everybody on this machine while we listen here alone, else whoever has the token."""

from __future__ import annotations

import base64
import hmac
import ipaddress
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from streams.settings import Settings

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
SECURITY_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def guarded(handler: Handler, settings: Settings) -> Handler:
    """The handler behind the token: `Authorization: Bearer TOKEN`, or Basic with the token as password for browsers.

    Where no token is set, only this machine is answered, and only by its own names, so that no web page elsewhere can
    read along under a name of its own (DNS rebinding). Raises HTTPUnauthorized and HTTPForbidden.
    """
    token = settings.token.get_secret_value() if settings.token is not None else ""
    here = is_loopback(settings.host)

    async def guard(request: web.Request) -> web.StreamResponse:
        if token:  # an empty one, which settings refuse, would be everybody's
            if not hmac.compare_digest(_given(request).encode(errors="surrogateescape"), token.encode()):
                raise web.HTTPUnauthorized(
                    text="a token is needed\n", headers={**SECURITY_HEADERS, "WWW-Authenticate": 'Basic realm="rasid"'}
                )
        elif not here:
            raise web.HTTPForbidden(
                text="set RASID_TOKEN: without it only this machine is answered\n", headers=SECURITY_HEADERS
            )
        elif _asked_for(request) not in HERE:
            raise web.HTTPForbidden(text="this is another machine's name\n", headers=SECURITY_HEADERS)
        try:
            return await handler(request)
        except web.HTTPException as error:
            error.headers.update({name: value for name, value in SECURITY_HEADERS.items() if name not in error.headers})
            raise

    return guard


def _asked_for(request: web.Request) -> str:
    """The name by which a request calls us, or nothing where it is none."""
    try:
        return request.url.host or ""
    except ValueError:
        return ""


def _given(request: web.Request) -> str:
    """The token that a request brings, or nothing."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except ValueError:  # neither base64 nor UTF-8
            return ""
    return ""
