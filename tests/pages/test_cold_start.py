"""The first visit to a server that has just started, which Streamlit runs without app.py when it goes below the root."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


def test_the_first_visit_may_go_to_any_page(each_page: str) -> None:
    test = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    if each_page != "overview":
        test.switch_page(f"pages/{each_page}.py")
    test.query_params = {"region": "Asia"}

    test.run()

    assert not test.exception
    assert test.get("plotly_chart")
    assert all(box.value == ["Asia"] for box in test.multiselect if box.key == "control-region")
    # A link to certain countries leaves the region behind, for it could have none of them.
    links = [link.proto.query_string for link in test.get("page_link") if "countries=" not in link.proto.query_string]
    assert links
    assert all("region=Asia" in query for query in links)
    assert len(test.get("page_link")) > 1
