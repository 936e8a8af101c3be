"""/v1/statistics: the figures of the sources."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.http.dependencies import ServiceDep
from api.http.statistics_parameters import Format, StatisticsParameters
from api.presenters.statistics import present_statistics, statistics_csv
from api.schemas.statistics import StatisticsResponse
from service.statistics import select_figures

router = APIRouter(prefix="/v1/statistics", tags=["Statistiques"])
CSV = "text/csv; charset=utf-8; header=present"


@router.get(
    "",
    summary="Les chiffres de la réponse au GRETA",
    response_model=StatisticsResponse,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def statistics(
    service: ServiceDep, parameters: Annotated[StatisticsParameters, Query()]
) -> StatisticsResponse | Response:
    """Les mesures et leurs chiffres, filtrés ; un chiffre masqué par la source n'est jamais donné pour zéro."""
    selection = select_figures(service.database, parameters.filters())
    if parameters.format is Format.CSV:
        name = 'attachment; filename="statistiques.csv"'
        return Response(
            statistics_csv(service, selection), media_type=CSV, headers={"Content-Disposition": name}
        )
    return present_statistics(service, selection, parameters)
