# The tasks of development and CI. `make help` lists them.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
JOBS   ?= auto
ROUNDS ?= 7
ONLY   ?=

.DEFAULT_GOAL := help
.PHONY: help build lint test check format goldens docs bench constraints clean

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: $(VENV)/.installed  ## Build the reference CV: cv.yaml and refs.bib become cv.pdf
	$(BIN)/cvtex build cv.yaml

lint: $(VENV)/.installed  ## Check the reference CV
	$(BIN)/cvtex lint cv.yaml

test: $(VENV)/.installed-dev  ## Run the tests
	$(BIN)/pytest -n $(JOBS)

check: $(VENV)/.installed-dev  ## Check style, types and imports between packages
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.installed-dev  ## Format the code
	$(BIN)/ruff check --fix src tests bench
	$(BIN)/ruff format src tests bench

goldens: $(VENV)/.installed-dev  ## Write the TeX, pictures and calendars that tests compare with
	CVTEX_ACCEPT=1 $(BIN)/pytest -q tests/test_golden.py tests/test_pictures.py tests/test_dates.py
	git diff --stat -- tests/golden docs/images src/cvtex

docs: $(VENV)/.installed-dev  ## Write the pages of the rules, and the samples of cvtex lint and explain
	CVTEX_ACCEPT=1 $(BIN)/pytest -q tests/test_rule_docs.py tests/test_doc_samples.py
	git diff --stat -- docs README.md

bench: $(VENV)/.installed $(VENV)-bench/.installed  ## Measure, and write docs/performance.md (ROUNDS=7, ONLY="watch batch")
	$(BIN)/python -m bench --rendercv $(VENV)-bench/bin/rendercv --rounds $(ROUNDS) $(addprefix --only ,$(ONLY))

constraints:  ## Pin every dependency to its newest compatible version
	rm -rf $(VENV)-pins
	$(PYTHON) -m venv $(VENV)-pins
	$(VENV)-pins/bin/python -m pip --disable-pip-version-check --quiet install -e '.[tinytex,dev]'
	$(VENV)-pins/bin/python -m pip freeze --exclude-editable --exclude cvtex > constraints.txt
	rm -rf $(VENV)-pins

clean:  ## Remove the files that the other targets made
	rm -rf $(VENV) $(VENV)-pins $(VENV)-bench build dist cv.pdf cv-*.pdf .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install -c constraints.txt -e '.[tinytex]'
	@$(BIN)/python -m compileall -q src  # pip does not compile an editable install
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install -c constraints.txt -e '.[tinytex,dev]'
	@$(BIN)/python -m compileall -q src
	@touch $@ $(VENV)/.installed

$(VENV)-bench/.installed: bench/requirements.txt
	rm -rf $(VENV)-bench
	$(PYTHON) -m venv $(VENV)-bench
	$(VENV)-bench/bin/python -m pip --disable-pip-version-check --quiet install -r bench/requirements.txt
	@touch $@
