"""Figures as JSON: the same figure as everywhere, fitted for a stage, and nothing of the address trusted."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from api import drawing, figures
from api.work import Desk
from indicators.catalog import observe
from indicators.dataset import load
from indicators.exhibits import exhibit
from indicators.jurisdictions import EU


def _sizes(part: Any, within: str = "") -> list[float]:
    """Return all sizes of letters that a figure names."""
    if isinstance(part, list):
        return [size for item in part for size in _sizes(item, within)]
    if isinstance(part, dict):
        own = part.get("size", []) if within.endswith("font") else []
        return [*(own if isinstance(own, list) else [own]), *(size for name, item in part.items() for size in _sizes(item, name))]
    return []


def test_figure_says_what_the_exhibit_says(client: TestClient) -> None:
    reference = "prices-list?price_in=gdp&countries=BRA&countries=CHN"
    answer = client.get("/figures/prices-list.json?price_in=gdp&countries=BRA&countries=CHN")
    made = exhibit(load(), reference)
    found = answer.json()
    assert answer.status_code == 200
    assert (found["title"], found["subtitle"], found["alt"]) == (made.chart.title, made.chart.subtitle, made.chart.alt)
    assert found["footer"] == made.footer[:-1]
    assert found["address"] == made.address
    assert found["address"].startswith("/prices?")  # nobody has told where the atlas is published
    assert len(found["figure"]["data"]) == len(made.chart.figure.data)
    assert found["notices"] == []


def test_style_is_that_which_was_asked_for(client: TestClient) -> None:
    light, dark = (client.get(f"/figures/overview-cascade.json?style={style}").json()["figure"]["layout"]["font"]["color"] for style in ("light", "dark"))
    assert (light, dark) == ("#1D2A2F", "#E6ECEB")


def test_broken_setting_falls_back_with_a_notice(client: TestClient) -> None:
    found = client.get("/figures/prices-list.json?price_in=gold&nonsense=1&countries=BRA").json()
    assert len(found["notices"]) == 2
    assert "gold" in found["notices"][0]
    assert found["title"]


def test_unknown_figure_is_told_in_words(client: TestClient) -> None:
    answer = client.get("/figures/prices-lst.json")
    assert answer.status_code == 404
    assert "prices-list" in answer.json()["error"]


def test_too_long_an_address_is_refused(client: TestClient) -> None:
    assert client.get("/figures/prices-list.json?countries=" + "BRA," * 3000).status_code == 414
    assert client.get("/figures/prices-list.json?" + "a=1&" * 500).status_code == 414


def test_figure_is_sent_once_to_a_browser_that_keeps_it(client: TestClient) -> None:
    first = client.get("/figures/overview-cascade.json")
    assert "max-age" in first.headers["cache-control"]
    assert first.headers["x-content-type-options"] == "nosniff"
    again = client.get("/figures/overview-cascade.json", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = client.get("/figures/overview-cascade.json", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == first.json()


@pytest.mark.parametrize("reference", ["overview-world", "approvals-matrix", "care-need", "compare-scatter", "prices-history", "manufacturing-turnaround"])
def test_stage_gets_large_letters_and_a_figure_that_fits(client: TestClient, reference: str) -> None:
    found = client.get(f"/figures/{reference}.json?width=868&height=340").json()
    assert min(_sizes(found["figure"])) >= 12
    assert found["figure"]["layout"]["width"] == 860  # a little less than asked for: the browser stretches it
    assert found["figure"]["layout"]["height"] <= 340


def test_rows_that_do_not_fit_are_told(client: TestClient) -> None:
    assert "rows" in client.get("/figures/data-coverage.json?width=868&height=340").json()["note"]
    assert client.get("/figures/data-coverage.json").json()["note"] == ""


def test_marks_of_a_country_are_known(client: TestClient) -> None:
    found = client.get("/figures/overview-world.json?width=868&height=340").json()
    table = observe(exhibit(load(), "overview-world").dataset, "products-approved").set_index("iso3")
    traces = found["figure"]["data"]
    own = [(traces[trace]["type"], traces[trace]["locations"][point]) for trace, point in found["places"]["BRA"] if traces[trace]["type"] == "choropleth"]
    assert own == [("choropleth", "BRA")]
    assert str(int(table.loc["BRA", "value"])) in found["says"]["BRA"][0]
    matrix = client.get("/figures/approvals-matrix.json?width=868&height=340").json()
    assert EU in matrix["places"]
    assert "DEU" not in matrix["places"] or matrix["places"]["DEU"]


@pytest.mark.parametrize("host", ['x"><script>', "evil.example.com"])
def test_host_is_not_written_into_a_figure_that_is_kept_for_all(client: TestClient, host: str) -> None:
    answer = client.get("/figures/overview-cascade.json", headers={"Host": host})
    assert answer.json()["address"].startswith("/?")
    assert host not in answer.text
    assert answer.headers["etag"] == client.get("/figures/overview-cascade.json").headers["etag"]


def test_strangers_do_not_push_figures_out_with_many_hosts(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    draw = drawing.payload
    monkeypatch.setattr(drawing, "payload", lambda *arguments: (drawn.append(1), draw(*arguments))[1])
    for number in range(5):
        for path in ("/figures/overview-cascade.json?as_of=2022-02-02", "/embed/overview-cascade?as_of=2022-02-02"):
            assert client.get(path, headers={"Host": f"host{number}.example.com"}).status_code == 200
    assert drawn == [1]


def test_published_address_counts_more_than_the_host(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_ADDRESS", "https://atlas.example.org/")
    assert client.get("/figures/overview-cascade.json").json()["address"].startswith("https://atlas.example.org/?")


def test_stages_that_differ_little_get_the_same_figure(client: TestClient) -> None:
    found = {client.get(f"/figures/overview-cascade.json?width={width}&height={height}").headers["etag"] for width in (861, 870, 879) for height in (340, 359)}
    assert len(found) == 1


def test_too_many_are_told_to_come_again_without_a_trace_of_failure(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(figures, "_desk", Desk(most=1, most_waiting=0))
    for path in ("/figures/overview-cascade.json", "/embed/overview-cascade"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert "Try again in a few seconds" in answer.text
    assert not [record for record in caplog.records if record.exc_info]


def test_failure_is_told_in_words_and_not_kept(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("broken on purpose")

    with monkeypatch.context() as broken:
        broken.setattr(drawing, "payload", fail)
        answer = client.get("/figures/overview-cascade.json?as_of=2023-05-05")
        assert answer.status_code == 500
        assert answer.json() == {"error": "This figure could not be drawn."}
        assert answer.headers["cache-control"] == "no-store"
    assert client.get("/figures/overview-cascade.json?as_of=2023-05-05").status_code == 200
