"""What became of a citation, with the addresses where it can be read and compared."""

from __future__ import annotations

from api.addresses import comparison_url, provision_url
from api.schemas.reports import CitedSinceOut
from service.cited_since import CitedSince


def present_cited_since(cited: CitedSince) -> CitedSinceOut:
    """As the API answers it."""
    provision = cited.provision
    return CitedSinceOut(
        citation=cited.citation,
        reference=cited.reference,
        status=cited.status,
        label=cited.label,
        message=cited.message,
        url=provision_url(provision) if provision else None,
        comparison_url=comparison_url(provision, *cited.days) if provision and cited.days else None,
    )
