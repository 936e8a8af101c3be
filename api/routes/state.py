"""The state of the service, for those who run it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.http.dependencies import No, ServiceDep
from api.schemas.corpus import Health

router = APIRouter(tags=["Service"])


@router.get("/healthz", summary="Le processus est vivant")
def healthy(_: No) -> Health:
    """Toujours, tant qu'il répond."""
    return Health(status="ok")


@router.get("/readyz", summary="La base et l'index sont ouverts et d'accord")
def ready(service: ServiceDep, _: No) -> Health:
    """Lit la base et l'index ; 503 sinon, avec la raison."""
    service.check()
    return Health(status="ok", generation=service.generation)


@router.get("/metrics", summary="Mesures, au format de Prometheus", response_class=Response)
def metrics(request: Request, _: No) -> Response:
    """Requêtes et durées par route."""
    return Response(request.app.state.metrics.text(), media_type="text/plain; version=0.0.4")
