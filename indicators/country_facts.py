"""Every fact about one country, in words."""

from __future__ import annotations

import pandas as pd

from indicators.dataset import Dataset
from indicators.fact_texts import fact_text
from indicators.jurisdictions import EU, expand
from indicators.tables import FACT_TABLES, TABLES

_OF_NO_COUNTRY = ("products", "exchange_rates", "hurdles")
_FROM_STATISTICS = ("countries", "context", "country_groups", "cancer_incidence")


def facts_of(dataset: Dataset, iso3: str) -> pd.DataFrame:
    """Return every fact about a country, those of European decisions that hold in it included, by table and date.

    Columns: ``table, text`` (what it says), ``jurisdiction``, ``date, note, fact_id``, and ``grade, confidence, checked,
    stale, source_ids`` as in :attr:`Dataset.facts`. ``preferred`` is ``no`` for what another fact was chosen before.
    """
    parts = []
    for table in FACT_TABLES:
        if table in _OF_NO_COUNTRY:
            continue
        frame = dataset[table]
        if table == "approvals":
            european = set(frame.loc[frame["jurisdiction"] == EU, "fact_id"])
            held = expand(frame)
            own = held[held["iso3"] == iso3]
            places = own["fact_id"].map(lambda fact_id, european=european: EU if fact_id in european else iso3)
        else:
            own = frame[frame["iso3" if "iso3" in frame else "jurisdiction"] == iso3]
            places = pd.Series(iso3, index=own.index)
        columns = (*TABLES[table].dates, *(("year",) if "year" in frame else ()))
        for place, row in zip(places, own.to_dict("records"), strict=True):
            said = fact_text(dataset, row["fact_id"])
            text = said.headline + (f" ({', '.join(said.details)})" if said.details else "")
            day = next((row[column] for column in columns if row[column]), "")
            parts.append({"table": table, "text": text, "jurisdiction": place, "date": day, **{name: row[name] for name in ("note", "preferred", "fact_id")}})
    told = pd.DataFrame(parts, columns=["table", "text", "jurisdiction", "date", "note", "preferred", "fact_id"])
    worth = dataset.facts[["grade", "confidence", "checked", "stale", "source_ids"]]
    order = {table: number for number, table in enumerate(FACT_TABLES)}
    told = told.join(worth, on="fact_id").assign(order=told["table"].map(order))
    # What people collected comes before what statistical offices publish.
    late = told["table"].isin(_FROM_STATISTICS)
    return told.assign(late=late).sort_values(["late", "order", "date", "fact_id"]).drop(columns=["late", "order"]).reset_index(drop=True)
