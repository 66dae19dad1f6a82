from __future__ import annotations

from collections.abc import Callable
from datetime import date

from indicators.dataset import Dataset
from indicators.measures.changes import latest_changes

World = Callable[..., Dataset]

EVERYBODY = ("BRA", "DEU", "FRA", "GBR", "IND", "NOR", "SGP", "UGA", "USA")


def told(dataset: Dataset, countries: tuple[str, ...] = EVERYBODY, most: int = 10) -> list[tuple[str, str, str]]:
    """Return date, place and kind of the changes, in their order."""
    changes = latest_changes(dataset, countries, most)
    return list(zip(changes["date"], changes["jurisdiction"], changes["kind"], strict=True))


def test_changes_of_every_kind_come_newest_first_and_no_more_than_asked_for(world: World) -> None:
    dataset = world(
        approvals=[{"jurisdiction": "IND", "approval_date": "2023-10-13"}],
        reimbursement=[{"jurisdiction": "DEU", "decision_date": "2024-02"}, {"jurisdiction": "FRA", "decision_date": "2019-07-08"}],
        policy_events=[{"jurisdiction": "USA", "date": "2024-02-15"}],
    )
    everything = [("2024-02", "DEU", "covered"), ("2024-02-15", "USA", "event"), ("2023-10-13", "IND", "approved"), ("2019-07-08", "FRA", "covered")]
    assert told(dataset) == everything
    assert told(dataset, most=2) == everything[:2]


def test_a_change_concerns_its_country_that_of_the_union_its_members_and_that_of_the_world_all(world: World) -> None:
    dataset = world(
        approvals=[{"jurisdiction": "EU", "approval_date": "2022-05-01"}, {"jurisdiction": "USA", "approval_date": "2021-05-01"}],
        policy_events=[{"jurisdiction": "WORLD", "date": "2020-05-01"}],
    )
    assert told(dataset, ("NOR",)) == [("2022-05-01", "EU", "approved"), ("2020-05-01", "WORLD", "event")]
    assert told(dataset, ("USA",)) == [("2021-05-01", "USA", "approved"), ("2020-05-01", "WORLD", "event")]
    assert told(dataset, ("GBR",)) == [("2020-05-01", "WORLD", "event")]
    assert told(dataset.as_of(date(2020, 12, 1)), ("GBR",)) == [("2020-05-01", "WORLD", "event")]


def test_what_is_vaguely_dated_refused_or_set_aside_is_no_change(world: World) -> None:
    dataset = world(
        approvals=[
            {"approval_date": "2022"},
            {"approval_date": "2022-03-01", "date_basis": "article", "product_id": "axi-cel"},
            {"approval_date": "2022-03-02", "status": "refused", "product_id": "ide-cel"},
            {"approval_date": "2022-03-03", "preferred": "no", "conflict_note": "A misprint.", "product_id": "obe-cel"},
        ],
        reimbursement=[
            {"decision_date": "2022-03-04", "coverage": "none"},
            {"decision_date": "2022-03-05", "scope": "advisory", "product_id": "axi-cel"},
            {"decision_date": "2022-03-06", "scope": "private", "product_id": "ide-cel"},
        ],
    )
    assert told(dataset) == []


def test_indications_that_a_product_got_on_one_day_are_one_change_with_all_its_facts(world: World) -> None:
    dataset = world(
        approvals=[
            {"approval_date": "2018-08-23", "indication_id": "lbcl-3l", "fact_id": "approval:1"},
            {"approval_date": "2018-08-23", "indication_id": "ball-paed", "fact_id": "approval:2"},
            {"approval_date": "2018-08-23", "product_id": "axi-cel", "fact_id": "approval:3"},
        ]
    )
    changes = latest_changes(dataset, EVERYBODY, 10).set_index("product_id")
    assert {product: set(facts) for product, facts in changes["fact_ids"].items()} == {"tisa-cel": {"approval:1", "approval:2"}, "axi-cel": {"approval:3"}}


def test_an_event_that_tells_of_an_approval_again_is_not_told_twice(world: World) -> None:
    dataset = world(
        approvals=[{"approval_date": "2017-08-30"}],
        policy_events=[{"jurisdiction": "USA", "date": "2017-08-30"}, {"jurisdiction": "IND", "date": "2017-08-30"}],
    )
    assert told(dataset) == [("2017-08-30", "IND", "event"), ("2017-08-30", "USA", "approved")]


def test_where_nothing_happened_nothing_changed(world: World) -> None:
    assert told(world()) == []
    assert told(world(approvals=[{"approval_date": "2017-08-30"}]), countries=()) == []


def test_the_real_dataset_has_changes_and_no_day_changes_what_was_before_it(real: Dataset) -> None:
    countries = tuple(real["countries"]["iso3"])
    then = latest_changes(real.as_of(date(2024, 6, 30)), countries, 20)
    assert len(then) == 20
    assert (then["date"] <= "2024-06-30").all()
    assert set(then["fact_ids"].explode()) <= set(real.facts.index)


def test_an_event_is_told_again_only_by_a_fact_of_its_own_theme(world: World) -> None:
    dataset = world(
        approvals=[{"approval_date": "2021-10-01"}],
        policy_events=[{"jurisdiction": "USA", "date": "2021-10-01", "theme": "payment"}, {"jurisdiction": "USA", "date": "2021-10-01", "fact_id": "event:2"}],
    )
    assert told(dataset) == [("2021-10-01", "USA", "approved"), ("2021-10-01", "USA", "event")]  # the add-on payment is other news


def test_a_decision_and_a_price_tell_their_events(world: World) -> None:
    dataset = world(
        reimbursement=[{"jurisdiction": "DEU", "decision_date": "2019-03-05"}],
        prices=[{"jurisdiction": "FRA", "price_local": 300_000, "currency": "EUR", "effective_date": "2019-03-05"}],
        policy_events=[
            {"jurisdiction": "DEU", "date": "2019-03-05", "theme": "payment"},
            {"jurisdiction": "FRA", "date": "2019-03-05", "theme": "price", "fact_id": "event:2"},
        ],
    )
    assert told(dataset) == [("2019-03-05", "DEU", "covered"), ("2019-03-05", "FRA", "priced")]


def test_changes_since_a_day_leave_out_earlier_ones_and_sites_of_a_year_that_may_be_earlier(world: World) -> None:
    dataset = world(
        approvals=[{"approval_date": "2022-01-01"}, {"approval_date": "2023-06-01", "product_id": "axi-cel"}],
        manufacturing_sites=[{"start_year": 2022, "site_id": "old"}, {"start_year": 2023, "site_id": "new", "fact_id": "site:2"}],
    )
    found = latest_changes(dataset, EVERYBODY, since=date(2022, 6, 1))
    assert list(zip(found["date"], found["kind"], strict=True)) == [("2023-06-01", "approved"), ("2023", "site")]


def test_nobody_chosen_has_no_changes_not_even_the_worlds(world: World) -> None:
    assert told(world(policy_events=[{"jurisdiction": "WORLD", "date": "2020-05-01"}]), countries=()) == []
