# The CAR-T Access Atlas. `make run` starts the dashboard, `make test` runs every check; both set up what they need.
# Needed beforehand: Python 3.11 or newer, and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1
PORT ?= 8501

.PHONY: help run test lint types tests validate audit format bench requirements messages chromium office clean

help:
	@echo "make run           start the dashboard on http://$(ADDRESS):$(PORT)"
	@echo "make test          run every check: style, types, imports, dataset, unit, page and browser tests"
	@echo "make validate      check the dataset; one line for each problem"
	@echo "make audit         say how good the dataset is, and draw ten facts to check again (SEED=20261122 COUNT=10)"
	@echo "make format        sort the tables, write what is generated from the schema, format the code"
	@echo "make bench         measure, and write bench/RESULTS.md"
	@echo "make requirements  compile requirements*.in into pinned requirements*.txt"
	@echo "make messages      collect the texts to translate into locales/atlas.pot"

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/installed: $(VENV)/python requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

run: $(VENV)/installed
	$(BIN)/python -m streamlit run server.py --server.address $(ADDRESS) --server.port $(PORT)

# Browser tests use the system's Chromium; nothing downloads a browser of its own.
chromium:
	@command -v chromium >/dev/null || { \
	  command -v apt-get >/dev/null || { echo "Chromium is missing: install it for the browser tests"; exit 1; }; \
	  $$( [ "$$(id -u)" = 0 ] || echo sudo ) apt-get update -q && \
	  $$( [ "$$(id -u)" = 0 ] || echo sudo ) apt-get install -q -y --no-install-recommends chromium; }

# Slides are opened by an office suite that we did not write, and PDF files by a reader of their own. Where these can't be had, those tests are skipped and say so.
office:
	@command -v soffice >/dev/null && command -v pdftotext >/dev/null || { \
	  echo "installing LibreOffice Impress and Poppler for the tests of slides and PDF files"; \
	  $$( [ "$$(id -u)" = 0 ] || echo sudo ) apt-get update -q >/dev/null && \
	  $$( [ "$$(id -u)" = 0 ] || echo sudo ) apt-get install -q -y --no-install-recommends libreoffice-impress poppler-utils >/dev/null; } || \
	  echo "LibreOffice or Poppler is missing: tests that need them are skipped"

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/installed-dev
	$(BIN)/mypy

validate: $(VENV)/installed
	$(BIN)/python -m indicators validate

# SEED draws the same facts again, COUNT says how many.
audit: $(VENV)/installed
	@$(BIN)/python -m indicators audit $(if $(SEED),--seed $(SEED)) $(if $(COUNT),--sample $(COUNT))

tests: $(VENV)/installed-dev chromium office
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

test: lint types validate tests

format: $(VENV)/installed-dev
	$(BIN)/python -m indicators format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/installed-dev chromium
	$(BIN)/python -m bench

requirements: $(VENV)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-annotate --custom-compile-command "make requirements" requirements.in --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-annotate --custom-compile-command "make requirements" requirements-dev.in --output-file requirements-dev.txt

messages: $(VENV)/installed
	$(BIN)/pybabel -q extract --omit-header --no-location --sort-output --keywords "_ ngettext:1,2 mark" --output-file locales/atlas.pot app.py api indicators pages ui

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis
