from __future__ import annotations

from collections.abc import Callable

import pytest

from indicators import groups
from indicators.dataset import Dataset

World = Callable[..., Dataset]


@pytest.mark.parametrize("code", groups.GROUPS)
def test_every_group_has_members_in_the_atlas(code: str, real: Dataset) -> None:
    members = groups.members(real, code)

    assert members
    assert set(members) <= set(real["countries"]["iso3"])


@pytest.mark.parametrize(("code", "count"), [("EU", 27), ("EEA", 30), ("G20", 19), ("OECD", 38), ("LDC", 44)])
def test_groups_are_as_large_as_their_own_lists(code: str, count: int, real: Dataset) -> None:
    assert len(groups.members(real, code)) == count


@pytest.mark.parametrize(
    ("text", "code"), [("BRA", "BRA"), ("bra", "BRA"), ("BR", "BRA"), ("UK", "GBR"), ("uae", "ARE"), ("us", "USA"), ("brics", "BRICS"), ("Who-Afr", "WHO-AFR")]
)
def test_a_place_is_found_by_code_and_short_form(text: str, code: str, real: Dataset) -> None:
    assert groups.place_code(real, text) == code


@pytest.mark.parametrize("text", ["", "ZZZ", "B", "France and Spain", "<b>"])
def test_what_means_no_place_is_an_error(text: str, real: Dataset) -> None:
    with pytest.raises(ValueError, match=text if text else "^"):
        groups.place_code(real, text)


def test_short_forms_name_one_country_each_and_no_other_countrys_code(real: Dataset) -> None:
    forms = [form.casefold() for known in groups.SHORT_FORMS.values() for form in known]
    own = dict(zip(real["countries"]["iso3"], real["countries"]["iso2"], strict=True))
    taken = {code.casefold() for code in (*own, *own.values(), *groups.GROUPS)}

    assert len(forms) == len(set(forms))
    assert set(forms) & taken <= {"us", "uk", "png"}  # these mean the same country by either rule
    assert set(groups.SHORT_FORMS) <= set(own)


def test_groups_and_countries_become_countries_each_once(world: World) -> None:
    dataset = world(country_groups=[{"group_id": "brics", "iso3": "BRA", "fact_id": "group:1"}, {"group_id": "brics", "iso3": "IND", "fact_id": "group:2"}])

    assert groups.resolve(dataset, ("IND", "BRICS", "USA")) == ("IND", "BRA", "USA")
