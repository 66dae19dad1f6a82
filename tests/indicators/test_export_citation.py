"""Citations: what a reference manager and a reader find in them, read by small parsers that know nothing of the writer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.dataset import Dataset
from indicators.exhibits import Exhibit, exhibit
from indicators.export import citation, reference_managers, tables, works

World = Callable[..., Dataset]
SITE = "https://atlas.example.org"
DAY = date(2026, 11, 30)
LETTERS = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}


def value_of(text: str, start: int) -> tuple[str, int]:
    """Return the braced value that begins at a place, and where it ends, counting braces as BibTeX does."""
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[start + 1 : place], place + 1
    raise AssertionError("braces without an end")


def entries(text: str) -> dict[str, dict[str, str]]:
    """Return the entries of a BibTeX file by key, with their type as ``type``; every letter of the file must belong to one."""
    found: dict[str, dict[str, str]] = {}
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        head = re.compile(r"@([a-z]+)\{([^,\s]+),\n").match(text, place)
        assert head, text[place : place + 80]
        fields = {"type": head.group(1)}
        place = head.end()
        while text[place] != "}":
            name = re.compile(r"  ([a-z]+) = (?=\{)").match(text, place)
            assert name, text[place : place + 80]
            fields[name.group(1)], place = value_of(text, name.end())
            assert text[place : place + 2] == ",\n"
            place += 2
        place += 1
        assert head.group(2) not in found
        found[head.group(2)] = fields
    return found


def unescaped(text: str) -> str:
    return re.sub(r"\\(?:(text[a-z]+)\{\}|([&%$#_]))", lambda found: LETTERS[found.group(1)] if found.group(1) else found.group(2), text)


def records(text: str) -> list[dict[str, list[str]]]:
    """Return the records of a RIS file; every line is a tag, two spaces, a hyphen and a space, ended by CR and LF."""
    assert "\n" not in text.replace("\r\n", "")
    found: list[dict[str, list[str]]] = []
    for line in text.split("\r\n"):
        if not line:
            continue
        tag, value = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line).groups()  # type: ignore[union-attr]
        if tag == "TY":
            found.append({})
        assert "ER" not in found[-1]
        found[-1].setdefault(tag, []).append(value)
    assert all(record["ER"] == [""] for record in found)
    return found


@pytest.fixture(scope="module")
def shown(real: Dataset) -> Exhibit:
    return exhibit(real, "prices-list?price_in=gdp&countries=BRA&countries=IND&as_of=2026-11-01", published_at=SITE)


def test_a_figure_is_cited_with_its_finding_its_data_its_day_and_the_address_of_the_view(shown: Exhibit) -> None:
    text = citation.apa_figure(shown, DAY)

    assert text == (
        f"The CAR-T Access Atlas contributors. ({shown.dataset.version[:4]}). {shown.chart.title} [Figure]. CAR-T Access Atlas (Data version "
        f"{shown.dataset.version}, as of 1 Nov 2026). Retrieved November 30, 2026, from {SITE}{shown.path}"
    )
    assert "price_in=gdp" in text
    assert "as_of=2026-11-01" in text


def test_every_source_of_a_figure_is_in_each_file_of_citations(shown: Exhibit) -> None:
    addresses = {shown.dataset.sources.loc[source, "url"] for source in shown.source_ids}
    assert len(addresses) > 5

    bib, ris, text = entries(citation.bibtex_file(shown, DAY)), records(citation.ris_file(shown, DAY)), citation.apa_file(shown, DAY)

    assert set(shown.source_ids) <= set(bib)
    assert len(bib) == len(ris) == len(shown.source_ids) + 2
    told = {record["UR"][0] for record in ris}
    assert all(address in told or address.removeprefix("https://doi.org/") in str(ris) for address in addresses)
    assert all(address in text for address in addresses if "doi.org" not in address)
    assert text.index("This figure") < text.index("The dataset") < text.index("Sources")


def test_a_reference_manager_finds_the_type_author_date_version_and_address(shown: Exhibit) -> None:
    version = shown.dataset.version
    figure, dataset, *sources = records(citation.ris_file(shown, DAY))

    assert (figure["TY"], dataset["TY"]) == (["ELEC"], ["DATA"])
    assert {record["TY"][0] for record in sources} <= {"ELEC", "JOUR"}
    assert figure["AU"] == dataset["AU"] == ["The CAR-T Access Atlas contributors"]
    assert (figure["UR"], figure["Y2"], figure["ET"]) == ([SITE + shown.path], ["2026/11/30/"], [version])
    assert (figure["PY"], figure["DA"], dataset["UR"]) == ([version[:4]], [version[:10].replace(".", "/") + "/"], [SITE])
    entry = next(fields for key, fields in entries(citation.bibtex_file(shown, DAY)).items() if "prices-list" in key)
    assert (entry["type"], entry["author"], entry["version"]) == ("online", "{The CAR-T Access Atlas contributors}", version)
    assert (entry["url"], entry["urldate"]) == (SITE + shown.path, "2026-11-30")


def test_the_key_of_a_figure_is_the_same_for_the_same_view_and_another_for_another(real: Dataset, shown: Exhibit) -> None:
    same = exhibit(real, "prices-list?as_of=2026-11-01&countries=BRA,IND&price_in=gdp", style="dark", published_at=SITE)
    other = exhibit(real, "prices-list?countries=BRA&as_of=2026-11-01", published_at=SITE)
    keys = [works.figure_work(one).key for one in (shown, same, other)]

    assert keys[0] == keys[1] != keys[2]
    assert re.fullmatch(r"[a-z0-9-]+", keys[0])


def test_without_a_known_site_the_view_is_named_by_its_path(real: Dataset) -> None:
    shown = exhibit(real, "prices-history?as_of=2026-11-01", published_at="")

    assert citation.apa_figure(shown, DAY).endswith("Retrieved November 30, 2026; view /prices?as_of=2026-11-01")
    record = records(reference_managers.ris(works.figure_work(shown, DAY)))[0]
    assert "UR" not in record
    assert "View: /prices?as_of=2026-11-01" in record["N1"]


SOURCES = {
    "body": {"source_id": "body", "url": "https://example.org/a", "title": "Décision n° 5 & 10 %", "publisher": "HAS, Paris", "published": "2024-03-05"},
    "month": {"source_id": "month", "url": "https://example.org/b_c", "title": "Is it paid?", "publisher": "Payer", "published": "2024-03"},
    "year": {"source_id": "year", "url": "https://example.org/c", "title": "Report", "publisher": "Payer", "published": "2024"},
    "undated": {"source_id": "undated", "url": "https://example.org/d", "title": "Page", "publisher": "Payer", "published": ""},
    "paper": {
        "source_id": "paper",
        "url": "https://jhoonline.biomedcentral.com/articles/10.1186/s13045-024-01602-0/tables/1",
        "title": "Cost",
        "publisher": "Blood (PubMed)",
        "published": "2022",
    },
}


@pytest.fixture(scope="module")
def small(world: World) -> Dataset:
    return world(
        sources=list(SOURCES.values()),
        approvals=[{"source_ids": source, "product_id": f"p{place}", "checked": "2026-10"} for place, source in enumerate(SOURCES)],
    )


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("body", "HAS, Paris. (2024, March 5). Décision n° 5 & 10 %. https://example.org/a"),
        ("month", "Payer. (2024, March). Is it paid? https://example.org/b_c"),
        ("year", "Payer. (2024). Report. https://example.org/c"),
        ("undated", "Payer. (n.d.). Page. Retrieved October 2026, from https://example.org/d"),
        ("paper", "Cost. (2022). Blood. https://jhoonline.biomedcentral.com/articles/10.1186/s13045-024-01602-0/tables/1"),
    ],
)
def test_a_source_is_cited_as_precisely_as_its_date_is_known(small: Dataset, source: str, text: str) -> None:
    assert citation.apa_source(small, source) == text


def test_an_organisation_is_one_author_even_with_a_comma_and_an_undated_source_has_no_date(small: Dataset) -> None:
    body, undated, paper = (works.source_work(small, source) for source in ("body", "undated", "paper"))

    assert entries(reference_managers.bibtex(body))["body"]["author"] == "{HAS, Paris}"
    assert entries(reference_managers.bibtex(body))["body"]["title"] == "{Décision n° 5 \\& 10 \\%}"
    assert records(reference_managers.ris(body))[0]["AU"] == ["HAS – Paris"]
    assert entries(reference_managers.bibtex(undated))["undated"]["year"] == "n.d."
    assert not {"PY", "DA"} & set(records(reference_managers.ris(undated))[0])
    article = records(reference_managers.ris(paper))[0]
    assert (article["TY"], article["JO"], article["DO"]) == (["JOUR"], ["Blood"], ["10.1186/s13045-024-01602-0"])
    assert "AU" not in article


def test_an_unknown_source_is_an_error(small: Dataset) -> None:
    with pytest.raises(KeyError):
        citation.apa_source(small, "nobody")


def test_a_dataset_without_a_version_has_no_date(small: Dataset) -> None:
    assert citation.apa_dataset("unversioned") == "The CAR-T Access Atlas contributors. (n.d.). CAR-T Access Atlas [Data set]."


def test_the_files_of_the_dataset_cite_it_in_the_same_words_and_name_it_as_the_citation_file_does(real: Dataset) -> None:
    assert tables.citation(real.version) == citation.apa_dataset(real.version)
    stated = (Path(__file__).parents[2] / "CITATION.cff").read_text(encoding="utf-8")
    assert f"title: {works.TITLE}\n" in stated
    assert f"  - name: {works.AUTHOR}\n" in stated
    assert f"version: {real.version}\n" in stated


def test_every_source_of_the_dataset_can_be_cited_and_its_key_is_its_own(real: Dataset) -> None:
    cited = [works.source_work(real, source) for source in real.sources.index]

    read = entries("\n".join(map(reference_managers.bibtex, cited)))
    assert list(read) == list(real.sources.index)
    assert [unescaped(fields["title"][1:-1]) for fields in read.values()] == [" ".join(title.split()) for title in real.sources["title"]]
    assert len(records("\r\n".join(map(reference_managers.ris, cited)))) == len(cited)
    assert all(citation.apa(work).count("https://") + citation.apa(work).count("http://") >= 1 for work in cited)


@given(st.text())
def test_whatever_a_title_says_bibtex_reads_it_back_and_its_braces_are_balanced(text: str) -> None:
    written = reference_managers.latex(text)
    value, end = value_of(f"{{{written}}}", 0)

    assert (value, end) == (written, len(written) + 2)
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    assert unescaped(written) == " ".join(printable.split())


@given(st.text(), st.text())
def test_whatever_a_source_says_it_stays_one_record(title: str, publisher: str) -> None:
    work = works.Work(works.PAGE, "key", publisher, title, address="https://example.org/{}%\\")

    assert len(records(reference_managers.ris(work))) == 1
    entry = entries(reference_managers.bibtex(work))["key"]
    assert "{" not in entry["url"]
    assert "\\" not in entry["url"]
