# Everything a contributor types. Set-up is in bootstrap.py, which works without make as well.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
CODE := api graph tests bootstrap.py
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

.PHONY: help run test check check-all clients lint format lock records setup

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 20

run: ## serve the graph on 127.0.0.1 (PORT=8000)
	@$(PYTHON) bootstrap.py run --port $(PORT)

test: ## run the tests
	@$(PYTHON) bootstrap.py test

check: lint ## format, lint, types, layers, tests
	$(BIN)/python -m pytest

check-all: lint ## the same with the tests that take long
	$(BIN)/python -m pytest -m ""

lint: setup ## format, lint, types, layers
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports

clients: ## install the SPARQL clients for Node.js and Java that tests/clients drive
	npm ci --prefix tests/clients/node --ignore-scripts --no-audit --no-fund --loglevel=error
	mvn --quiet --batch-mode --file tests/clients/jena dependency:copy-dependencies

format: setup ## put the code in its standard form
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

lock: setup ## choose the newest versions again and write both lock files
	$(LOCK) --upgrade --group build -o requirements.lock pyproject.toml
	$(LOCK) --upgrade --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml

records: setup ## write the record files of data/ that come from data sets (needs PLEDGEGRAPH_MATERIAL)
	$(BIN)/pledgegraph import congress $(PLEDGEGRAPH_MATERIAL)/data/real/congress/slice-2020-06-11.tar.xz \
	  --home build/records --write-records data --without memberships
	rm -r build/records

setup: ## make .venv with everything that tests and checks need
	@$(PYTHON) bootstrap.py setup --dev
