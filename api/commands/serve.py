"""`renvoi serve`: the pages and the API."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from api.commands.console import french_errors, out
from kb.errors import ArtefactError
from service.settings import Settings


def serve(
    host: Annotated[str, typer.Option(help="Adresse d'écoute.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port d'écoute.")] = 8000,
) -> None:
    """Servir les pages et l'API, d'un seul processus."""
    import uvicorn

    from api.app import create_app

    with french_errors():
        _check_free(host, port)
        app = create_app(Settings())
        name = "localhost" if host in ("0.0.0.0", "::") else host
        out.print(
            f"Renvoi : http://{name}:{port}/   (API : http://{name}:{port}/docs, arrêt : Ctrl-C)",
            soft_wrap=True,
        )
        uvicorn.run(app, host=host, port=port, log_level="warning", proxy_headers=False)


def _check_free(host: str, port: int) -> None:
    """Raises ArtefactError when another program listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ArtefactError(
                f"Impossible d'écouter sur {host}:{port} : {error.strerror}.",
                hint="Choisissez un autre port : renvoi serve --port 8001.",
            ) from error
