"""A small archive in memory, behind the same door as the real search service.

It serves tests of the pages that need texts no honest archive has (markup as a title, every kind of
passage, formulas) or states that are hard to reach. The real service is used wherever it can be.
"""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask
from werkzeug.serving import make_server

from index.errors import IndexUnavailableError, NotFoundError
from index.model import BlockKind
from index.settings import Settings
from search.answers import (
    FacetPage,
    ListedRelease,
    Listing,
    NamedCount,
    Overview,
    PassageView,
    Quote,
    Quoting,
    ReleaseView,
    SaidPage,
    Similar,
)
from search.examples import Example
from search.facet_pages import ValuesAsked
from search.passage_keys import passage_key
from search.quote_check import QuoteCheck, QuotePart, Verdict
from search.request import (
    FacetValue,
    Hit,
    HitPassage,
    QueryInfo,
    QueryWarning,
    SearchPage,
    SearchRequest,
)
from search.service import SearchService
from search.suggest import Suggestion

GENERATION = "20261122T101500Z-3f9a1c"
HOSTILE = '"><script>window.pwned=1</script><img src=x onerror="window.pwned=1">'
LOREM = (
    "The ministers agreed to continue the security coordination between their services and to meet"
    " again before the end of the year. They spoke about water, energy and the harbour, and thanked"
    " the crews who had worked through the storm. A joint committee will report in spring; its"
    " members will be named by both sides within a month, and its findings will be published in"
    " full, with the figures that each side has put before it."
)
_BODY: tuple[tuple[BlockKind, str], ...] = (
    (BlockKind.SUMMARY, "Two governments continue what they began, and say when they meet next."),
    (BlockKind.PARAGRAPH, LOREM),
    (BlockKind.HEADING, "What was agreed"),
    (BlockKind.LIST, "- A committee on water\n- A second harbour pilot\n- Security coordination"),
    (BlockKind.QUOTE, "“Our coordination has never been closer,” the minister said.\n\n“It saves"
     " lives, and it will go on.”"),
    (BlockKind.PARAGRAPH, "The talks were held in private.\n\nNo questions were taken."),
    (BlockKind.CAPTION, "The ministers at the harbour. Photo: Press Office"),
    (BlockKind.CONTACT, "Press Office\nTel. 555 0100\npress@example.org"),
    (BlockKind.BOILERPLATE, "About the Ministry: it looks after the harbours of the Republic."),
)  # fmt: skip


def _release(number: int, title: str, **changes: object) -> ReleaseView:
    blocks = ((BlockKind.TITLE, title), *_BODY)
    year, month = 2015 + number % 6, 1 + number % 12
    base = ReleaseView(
        id=f"r{number:03d}",
        path=f"ministry/{number:03d}.html",
        url=f"https://ministry.example/releases/{number}",
        title=title,
        title_html=html.escape(title),
        summary=_BODY[0][1],
        date=f"{year}-{month:02d}-{1 + number % 28:02d}",
        date_precision="day",
        date_source="visible",
        dateline=("Sochi", "Geneva", "Port Amsel")[number % 3],
        source=("Ministry of Harbours", "City of Amsel")[number % 2],
        lang="en",
        people=(NamedCount("Ada Lindqvist", 4), NamedCount(f"Minister {number % 17}", 1)),
        places=(NamedCount(("Sochi", "Geneva", "Port Amsel")[number % 3], 3),),
        passages=tuple(
            PassageView(n, kind, text, html.escape(text), key=passage_key(n, text))
            for n, (kind, text) in enumerate(blocks, 1)
        ),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def _foreign(number: int, lang: str, title: str, body: str, place: str, name: str) -> ReleaseView:
    passages = ((BlockKind.TITLE, title), (BlockKind.PARAGRAPH, body))
    return _release(
        number,
        title,
        lang=lang,
        dateline=place,
        people=(NamedCount(name, 2),),
        passages=tuple(
            PassageView(n, kind, text, html.escape(text), key=passage_key(n, text))
            for n, (kind, text) in enumerate(passages, 1)
        ),
    )


def _releases() -> tuple[ReleaseView, ...]:
    plain = [
        _release(n, f"Ministers continue security coordination, round {n}") for n in range(1, 26)
    ]
    hebrew = _foreign(
        26, "he", "ראש הממשלה נפגש עם נשיא רוסיה בסוצ׳י",
        "ראש הממשלה אמר כי התיאום הביטחוני (security coordination) בין המדינות חשוב במיוחד"
        " בעת הזאת. בפגישה, שנמשכה 3 שעות, השתתף גם שר הביטחון.", "סוצ׳י", "בנימין נתניהו",
    )  # fmt: skip
    arabic = _foreign(
        27, "ar", "اجتماع الوزراء بشأن التنسيق الأمني في ميناء أمسل",
        "قال الوزير إن التنسيق الأمني security بين البلدين مهم جدا في هذا الوقت، وإن اللجنة"
        " ستجتمع مرة أخرى قبل نهاية العام.", "عمّان", "أحمد الخطيب",
    )  # fmt: skip
    hostile = _release(
        28,
        HOSTILE,
        dateline=HOSTILE,
        source=HOSTILE,
        url="javascript:alert(1)",
        people=(NamedCount(HOSTILE, 1),),
        lang='"><script>',
    )
    formula = _release(29, '=HYPERLINK("http://evil.example")', date="", date_precision="")
    long = _release(
        30,
        "Statement of the Minister of Harbours at the opening of the thirty-second regional"
        " conference on maritime safety, pilotage and the protection of the coastal waters",
        date="2016",
        date_precision="year",
    )
    return (*plain, hebrew, arabic, hostile, formula, long)


class SampleService(SearchService):
    """Answers like the real service, from a handful of releases, by plain substring search."""

    def __init__(self, releases: tuple[ReleaseView, ...] | None = None, *, up: bool = True) -> None:
        super().__init__(Settings())
        self.releases = _releases() if releases is None else releases
        self.up = up
        self.generation_name = GENERATION

    def _check(self) -> None:
        if not self.up:
            raise IndexUnavailableError(
                "nothing is indexed yet", where="/srv/secret/var", hint="run `dateline reindex`"
            )

    def search(self, request: SearchRequest) -> SearchPage:
        self._check()
        words = [word.strip('"').lower() for word in request.text.split() if word.strip('"')]
        texts = {r.id: " ".join(p.text for p in r.passages).lower() for r in self.releases}
        by_words = [r for r in self.releases if all(w in texts[r.id] for w in words)]
        found = [r for r in by_words if _kept(r, request)]
        if request.sort != "relevance":
            found.sort(key=lambda r: r.date, reverse=request.sort == "newest")
        first = (request.page - 1) * request.per_page
        warning = (QueryWarning("This quotation mark has no partner.", request.text.rfind('"')),)
        odd = request.text.count('"') % 2
        return SearchPage(
            request=request,
            query=QueryInfo(request.text, " and ".join(words), warning if odd else (), False),
            total=len(found),
            took_ms=1.25,
            generation=self.generation_name,
            results=tuple(_hit(r, words) for r in found[first : first + request.per_page]),
            facets=_facets(by_words, request),
        )

    def facet_values(self, request: SearchRequest, facet: str, asked: ValuesAsked) -> FacetPage:
        values = self.search(request).facets[facet]
        found = [v for v in values if asked.find.lower() in v.value.lower()]
        first = (asked.page - 1) * asked.per_page
        shown = tuple(found[first : first + asked.per_page])
        return FacetPage(facet, shown, len(found), len(values))

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        return (Suggestion("person", "Ada Lindqvist", 3), Suggestion("title", HOSTILE, 0, "r028"))

    def _count(self, request: SearchRequest) -> int:
        return self.search(request).total

    def examples(self) -> dict[str, Example]:
        self._check()
        return {"words": Example("security coordination", 20), "phrase": Example(HOSTILE, 1)}

    def correction(self, page: SearchPage) -> None:
        return None

    def neighbours(self, request: SearchRequest, release_id: str) -> None:
        return None

    def similar(self, release_id: str) -> Similar:
        return Similar()

    def together(self, facet: str, value: str, most: int) -> dict[str, tuple[tuple[str, int], ...]]:
        return {"person": (("Ada Lindqvist", 3),), "place": (("Sochi", 2),)}

    def said(self, name: str, page: int = 1) -> SaidPage:
        one = self.releases[0]
        number, key = one.passages[-1].number, one.passages[-1].key
        quote = Quote(name, "“Bread & <b>roses</b>”", "said X", number, key, 0, 22)
        quoting = Quoting(one.id, one.title, one.date, one.source, one.lang, (quote,))
        return SaidPage(name, 21, page, 3, (quoting,))

    def months(self) -> tuple[tuple[str, int], ...]:
        return (("2015-03", 1),)

    def check_quote(self, text: str) -> QuoteCheck:
        return QuoteCheck(text, (QuotePart(text, Verdict.NOT_FOUND),))

    def release(
        self, release_id: str, text: str = "", literal: Collection[str] = ()
    ) -> ReleaseView:
        self._check()
        for release in self.releases:
            if release.id == release_id:
                words = [word.lower() for word in text.split()]
                passages = (_view(p, words) for p in release.passages)
                return replace(release, passages=tuple(passages))
        raise NotFoundError(f"there is no release {release_id!r}", hint="search for its title")

    def listing(self, page: int, per_page: int) -> Listing:
        self._check()
        first = (page - 1) * per_page
        ordered = sorted(self.releases, key=lambda r: r.date, reverse=True)
        lines = tuple(_line(r) for r in ordered[first : first + per_page])
        return Listing(len(self.releases), page, per_page, lines)

    def overview(self) -> Overview:
        self._check()
        dates = sorted(r.date for r in self.releases if r.date) or [""]
        return Overview(
            releases=len(self.releases),
            passages=sum(len(r.passages) for r in self.releases),
            first_date=dates[0],
            last_date=dates[-1],
            newest=self.listing(1, 8).results,
            facets=_facets(list(self.releases), SearchRequest()),
            generation=self.generation_name,
        )


def _kept(release: ReleaseView, request: SearchRequest) -> bool:
    people, places = ({n.name for n in names} for names in (release.people, release.places))
    return (
        (not request.people or bool(people & set(request.people)))
        and (not request.places or bool(places & set(request.places)))
        and (not request.sources or release.source in request.sources)
        and (not request.langs or release.lang in request.langs)
        and not any(
            v in {*people, *places, release.source, release.lang} for _, v in request.excluded
        )
        and (not request.undated or not release.date)
        and (not request.first_day or release.date >= request.date_from)
        and (not request.last_day or "" < release.date <= request.last_day)
    )


def _marked(text: str, words: list[str]) -> str:
    pieces = re.split(f"({'|'.join(map(re.escape, words))})", text, flags=re.I) if words else [text]
    return "".join(
        f"<mark>{html.escape(piece)}</mark>" if n % 2 else html.escape(piece)
        for n, piece in enumerate(pieces)
    )


def _view(passage: PassageView, words: list[str]) -> PassageView:
    marked = _marked(passage.text, words)
    return replace(passage, html=marked, marked="<mark>" in marked)


def _hit(release: ReleaseView, words: list[str]) -> Hit:
    views = [_view(p, words) for p in release.passages[1:]]
    best = sorted(views, key=lambda p: -p.html.count("<mark>"))[:3]
    fields = ("id", "path", "url", "title", "date", "date_precision", "source", "lang", "dateline")
    return Hit(
        **{name: getattr(release, name) for name in fields},
        title_html=_marked(release.title, words),
        score=7.5,
        people=tuple(n.name for n in release.people),
        places=tuple(n.name for n in release.places),
        passages_total=len(release.passages),
        passages=tuple(HitPassage(p.number, p.kind, p.text, p.html, 1.0) for p in best),
    )


def _line(release: ReleaseView) -> ListedRelease:
    names = ("id", "path", "title", "date", "date_precision", "source", "lang", "dateline")
    return ListedRelease(**{name: getattr(release, name) for name in names})


def _facets(found: list[ReleaseView], request: SearchRequest) -> dict[str, tuple[FacetValue, ...]]:
    values = {
        "person": [n.name for r in found for n in r.people],
        "place": [n.name for r in found for n in r.places],
        "date": [r.date[:4] or "undated" for r in found],
        "source": [r.source for r in found],
        "lang": [r.lang for r in found],
    }
    chosen = {
        "person": request.people,
        "place": request.places,
        "source": request.sources,
        "lang": request.langs,
        "date": (request.date_from,) if request.date_from == request.date_to else (),
    }
    return {
        name: tuple(
            FacetValue(v, v, all_values.count(v), v in chosen[name])
            for v in sorted(set(all_values), key=lambda v: (-all_values.count(v), v))
        )
        for name, all_values in values.items()
    }


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application on loopback while the block runs; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(10)
