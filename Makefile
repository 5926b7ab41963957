# `make demo` and `make test` need only make and Python >= 3.11; everything else lands in .venv.
# Another interpreter: make demo PYTHON=python3.12
# What is done is not done again: stamp files inside .venv remember what was installed, and from which pins.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --quiet --constraint constraints.txt
WORKERS ?= 2

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test test-browser test-versions docs bundle lint format bench baselines freeze studies constraints clean check-python

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: $(VENV)/.stamp-runtime  ## the baseline against four policy packages: table, sentence, figure
	$(BIN)/ssa-sim compare experiments/demo.toml

test: $(VENV)/.stamp-development  ## the whole test suite
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal -m "not browser"

test-browser: $(VENV)/.stamp-development  ## the workshop's page in a Chromium of the system, and its bundle
	$(BIN)/python -m pytest -m browser

test-versions: $(VENV)/.stamp-runtime  ## the short tests at the lowest and newest versions allowed, on every Python found here
	WORKERS=$(WORKERS) $(BIN)/python tools/other_versions.py

docs: $(VENV)/.stamp-development  ## the documentation site, into build/site; a warning fails
	$(BIN)/python tools/documentation.py

bundle: $(VENV)/.stamp-development  ## the workshop for a laptop without network, as one archive in build/
	$(BIN)/python bundle/make.py

lint: $(VENV)/.stamp-development  ## style, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.stamp-development  ## rewrite the sources in the house format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.stamp-development  ## speed, as ratios measured side by side in one run
	$(BIN)/python -m benchmarks

baselines: $(VENV)/.stamp-development  ## regenerate the exact results in tests, documents and the README's picture
	cd tests && ../$(BIN)/python -m baselines
	$(BIN)/python tests/documents.py
	PYTHONPATH=tests $(BIN)/python tests/frozen/test_library.py
	rm -rf build/demo && $(BIN)/ssa-sim compare experiments/demo.toml --out build/demo
	mkdir -p docs/images && cp build/demo/figures/comparison.png docs/images/demo.png

freeze: $(VENV)/.stamp-development  ## every message, and hashes of all that should stay: `git diff tests` shows what a step changed
	PYTHONPATH=tests $(BIN)/python tests/files/test_mistakes.py
	cd tests && ../$(BIN)/python freeze.py

STUDIES := single_levers bundles sensitivity_all sensitivity_sobol robustness

studies: $(VENV)/.stamp-development  ## the reference studies again: status 1 if a digest is not that kept in results/studies
	rm -rf build/studies
	for study in $(STUDIES); do \
		$(BIN)/ssa-sim sweep experiments/$$study.toml --out build/studies/$$study --workers $(WORKERS) || exit 1; done
	$(BIN)/python tests/studies.py

constraints: $(VENV)/.stamp-development  ## pin anew, in constraints.txt, what .venv holds
	@{ sed '/^[^#]/,$$d' constraints.txt; $(BIN)/python -m pip freeze --all --exclude pip --exclude-editable; } > constraints.txt.new
	@mv constraints.txt.new constraints.txt

clean:  ## remove .venv and everything built (results stay)
	rm -rf $(VENV) build dist src/ssa_sim.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# An environment made with one Python is not quietly used for another that was asked for by name.
check-python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed; '$(PYTHON)' is $$($(PYTHON) --version 2>&1 | head -n 1)." >&2; \
		echo "If a newer one is installed, name it: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; \
		exit 1; }

ifneq ($(origin PYTHON),file)
ifneq ($(wildcard $(VENV)/.stamp-made),)
ASKED := $(shell $(PYTHON) -c 'import sys; print(*sys.version_info[:2], sep=".")' 2>/dev/null)
FOUND := $(shell $(BIN)/python -c 'import sys; print(*sys.version_info[:2], sep=".")' 2>/dev/null)
ifneq ($(ASKED),$(FOUND))
ifneq ($(MAKECMDGOALS),clean)
$(error $(VENV) was made with Python $(FOUND) and PYTHON=$(PYTHON) is '$(ASKED)': run `make clean` first)
endif
endif
endif
endif

$(VENV)/.stamp-made: | check-python
	@echo "Creating $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { \
		echo "The environment could not be made. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.stamp-runtime: $(VENV)/.stamp-made pyproject.toml constraints.txt
	@echo "Installing ssa-sim and what it needs (once; a few minutes on a slow line)"
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/.stamp-development: $(VENV)/.stamp-made pyproject.toml constraints.txt
	@echo "Installing ssa-sim with what tests and lint need (once; a few minutes on a slow line)"
	@$(INSTALL) --editable ".[test,lint]"
	@touch $@ $(VENV)/.stamp-runtime
