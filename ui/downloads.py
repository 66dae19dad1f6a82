"""The dataset's files, made when somebody asks for them, once for each dataset."""

from __future__ import annotations

import streamlit as st

from indicators.dataset import Dataset, folder_of
from indicators.export import tables


@st.cache_resource(max_entries=8, show_spinner=False)
def _made(dataset_key: str, code: str, _dataset: Dataset) -> bytes:
    return tables.export(_dataset, code, folder_of())


def made(dataset: Dataset, code: str) -> bytes:
    """Return the dataset as a file of a format of :data:`indicators.export.tables.FORMATS`."""
    return _made(dataset.key, code, dataset)
