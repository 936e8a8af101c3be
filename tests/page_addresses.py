"""The pages that every test of pages goes through, over the small base of `builders.small_service`: add yours here."""

from __future__ import annotations

from tests.builders import REPLY

PAGES = (
    "/",
    "/recherche?q=traite",
    "/recherche?q=art.+225-4-99+du+code+p%C3%A9nal",
    "/recherche?q=zzz",
    "/recherche?q=traite&in_code=code-penal&theme=definition-traite&sort=number",
    "/recherche?q=traite&in_code=ceseda&state=sans-texte&state=abrogee&sort=date&order=asc",
    "/recherche?q=traite&theme=inconnu",
    "/dispositions/code-penal/225-4-1",
    "/dispositions/code-penal/225-4-1?date=2015-01-01",
    "/dispositions/code-penal/225-4-1/comparer",
    "/dispositions/code-penal/225-4-1/comparer?du=1990-01-01&au=2026-05-01",
    "/dispositions/code-penal/225-4-3/comparer",
    "/dispositions/code-penal/225-4-1/cite-par",
    "/dispositions/code-penal/225-4-1/carte",
    "/dispositions/ceseda/L425-1",
    "/dispositions/ceseda/L425-1/carte",
    f"/reponses/{REPLY}/21",
    "/statistiques",
    "/verifier",
    "/rapport",
    "/rapport/question?q=Quelles+mesures+ont+%C3%A9t%C3%A9+mises+en+place&p=a.+titre",
    "/themes",
    "/themes/definition-traite",
    "/codes",
    "/codes/code-penal",
    "/codes/code-penal/partie-legislative/section-1",
    "/sources",
    f"/sources/{REPLY}",
    f"/sources/{REPLY}?q=titre",
    f"/sources/{REPLY}?q=zzz",
    "/sources/code-penal@2026-04-03",
    "/docs",
    "/docs/formes",
    "/connexion",
    "/rien",
)
