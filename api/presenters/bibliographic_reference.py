"""The reference of a provision for other programs, in the wording of a day."""

from __future__ import annotations

from datetime import date

from api.addresses import provision_url
from kb.bibliography import Reference, ReferenceKind
from kb.french_citation import cite, french_number, text_name
from kb.model import Provision
from kb.validity import law_on
from kb.wording.validity import STATES, state_of


def reference_of(provision: Provision, base: str, as_of: date | None = None) -> Reference:
    """The reference of its wording on a day, today by default; `base` is the address of this server.

    The permanent address carries the day on which the wording was seen: it will show the same words later.
    """
    law = law_on(provision.versions, as_of or date.today())
    version, state = law.text_holder, STATES[state_of(law)]
    observed = version.last_seen if version else None
    day = f"?date={observed.isoformat()}" if observed else ""
    return Reference(
        id=provision.id,
        kind=ReferenceKind.ARTICLE,
        title=cite(provision.code, provision.number),
        container=text_name(provision.code),
        number=french_number(provision.number),
        seen=observed,
        url=f"{base.rstrip('/')}{provision_url(provision.id)}{day}",
        note=f"État : {state}",
    )
