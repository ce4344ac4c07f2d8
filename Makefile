# Works with GNU make 3.81 (macOS) and later; needs nothing else but Python 3.11 or later.
.DEFAULT_GOAL := help
.PHONY: help build test lint accept docs site bench sure lock clean system-needs
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# pip compares every file with the hashes of the lock; the project itself is built with the
# hatchling that the lock names, so that nothing unlocked is downloaded.
INSTALL := $(PIP) install --quiet --require-hashes -r
INSTALL_PROJECT := $(PIP) install --quiet --no-deps --no-build-isolation --editable .

# --- For everyone ---------------------------------------------------------------------------------

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

build: $(VENV)/run.stamp ## check the quotations of posts/ and build HTML, PDF and WordPress files
	$(BIN)/pubtool build

test: $(VENV)/test.stamp system-needs lint ## run every check and every test
	$(BIN)/python -m pytest -q

# --- For developers -------------------------------------------------------------------------------

lint: $(VENV)/test.stamp ## ruff (rules, then format) and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

accept: $(VENV)/test.stamp ## rewrite the golden files; read the diff before you commit it
	$(BIN)/python -m pytest -q --accept

docs: $(VENV)/test.stamp ## write the generated pages of docs/
	$(BIN)/python docs/generate.py

site: $(VENV)/test.stamp ## build the documentation as a site, build/site
	$(BIN)/python -m mkdocs build --strict --quiet

bench: $(VENV)/run.stamp ## measure start-up and the series, cold and warm
	$(BIN)/python benchmarks/startup.py

sure: test build bench ## all of it, and a second build that must not differ by a byte
	rm -rf .pubtool build/again
	$(BIN)/pubtool build --output build/again
	diff -r public build/again
	rm -rf build/again

clean: ## remove what can be made again, .venv excepted
	rm -rf public build .pubtool .mypy_cache .ruff_cache .pytest_cache .hypothesis dist

# --- How the environment comes to be --------------------------------------------------------------

# pip is upgraded first: 23.2.1, which Python 3.11 brings, crashes on an extra that is asked for
# twice (lxml[html-clean,html-clean]).
$(VENV)/pip.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is older than Python 3.11; name a newer one: make PYTHON=python3.12 ..." >&2; \
	  exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade pip
	@touch $@

$(VENV)/run.stamp: requirements/run.txt pyproject.toml $(VENV)/pip.stamp
	$(INSTALL) requirements/run.txt
	$(INSTALL_PROJECT)
	@touch $@

$(VENV)/test.stamp: requirements/test.txt pyproject.toml $(VENV)/pip.stamp
	$(INSTALL) requirements/test.txt
	$(INSTALL_PROJECT)
	@touch $@

system-needs:
	@sh tests/system-needs.sh

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-annotate --no-emit-index-url --custom-compile-command "make lock"

lock: $(VENV)/pip.stamp ## resolve the dependencies again and write requirements/*.txt
	$(PIP) install --quiet uv
	$(COMPILE) pyproject.toml requirements/build.in -o requirements/run.txt
	$(COMPILE) pyproject.toml requirements/build.in --group dev \
	  -c requirements/run.txt -o requirements/test.txt
