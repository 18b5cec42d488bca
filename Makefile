# make serve: set up, index corpus/, serve on http://127.0.0.1:8000 (PORT= chooses another)
# make test:  set up, run every check
# Both do their own set-up; nothing is done again that has not changed.

PYTHON ?= python3.11
PORT ?= 8000
CORPUS ?= corpus
INDEX ?= index
VENV := .venv
BIN := $(VENV)/bin

.PHONY: serve index test lint types layers unit format clean
.DEFAULT_GOAL := serve

serve: index
	@$(BIN)/minutebook serve --index "$(INDEX)" --corpus "$(CORPUS)" --port "$(PORT)"

# Skipped files end with 1 and are no reason not to serve the others.
index: $(VENV)/.run
	@$(BIN)/minutebook index "$(CORPUS)" --index "$(INDEX)" || [ $$? -eq 1 ]

test: lint types layers unit

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

layers: $(VENV)/.dev
	$(BIN)/lint-imports --no-cache

unit: $(VENV)/.dev
	$(BIN)/pytest

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(VENV)/.run: pyproject.toml constraints.txt
	@echo "Setting up the environment in $(VENV) (some minutes the first time)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@echo "Adding what the checks need"
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) index runs build *.egg-info
