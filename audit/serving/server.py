"""The server: listens where it was told to, opens the browser, and leaves nothing behind."""

from __future__ import annotations

import os
import socket
import tempfile
import webbrowser
from collections.abc import Callable
from pathlib import Path

from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.serving.entrance import Entrance, listening_host
from audit.serving.limits import Limits


def serve(
    *, host: str, port: int, token: str | None, workspace: Path | None, language: Language | None, browse: bool,
    say: Callable[[Entrance], None], limits: Limits | None = None,
) -> None:  # fmt: skip
    """Serve until it is interrupted. `port` 0 is any that is free; `say` is told the door once it is open.

    Raises `InputError` for an address that cannot be listened on or lets others in without a token, where the
    libraries of the server are missing, and for a workspace that is none.
    """
    try:
        import uvicorn

        from audit.serving.service import Service, configured
    except ModuleNotFoundError as missing:
        if missing.name not in ("uvicorn", "starlette"):
            raise
        raise InputError(
            "audit serve needs {name}: pip install 'plan-audit[serve]'.", name=missing.name
        ) from None
    shown = listening_host(host, token)
    if workspace is not None:
        from audit.workspace.loading import folder_package

        folder_package(workspace)
        workspace = workspace.resolve()
    with listening(host, port) as listener, tempfile.TemporaryDirectory(prefix="audit-serve-") as folder:
        entrance = Entrance(shown, listener.getsockname()[1], **({"key": token} if token else {}))
        service = Service(
            entrance, Path(folder), limits=limits or Limits(), workspace=workspace, language=language
        )
        server = uvicorn.Server(configured(service.app()))
        say(entrance)
        if browse:
            webbrowser.open(entrance.address)
        server.run(sockets=[listener])


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; `InputError` where it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    try:
        if os.name == "posix":  # elsewhere it would let another program take the port over
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host.strip("[]"), port))
        listener.listen(128)
    except (OSError, OverflowError) as fault:
        listener.close()
        raise InputError("{host}:{port} cannot be listened on ({reason}); choose another --port or --host.",
                         host=host, port=port, reason=getattr(fault, "strerror", None) or str(fault)) from None  # fmt: skip
    return listener
