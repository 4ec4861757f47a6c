# Everything one does here. `make` alone prints this list.
PORT ?= 8000
DATA ?= data
PYTHON ?= python3
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
BIN := .venv/bin
RUNS := .venv/.runs
READY := .venv/.ready

LOCKED = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate -q

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test check bench profile lint format types layers packs lock wheel clean

help: ## print this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: $(RUNS) ## install, migrate, publish content/ and serve (PORT=8000 DATA=data)
	@QUIZ_PORT=$(PORT) QUIZ_DATA=$(DATA) $(BIN)/quiz serve

# Tests start our own programs, and each would compile every module again. Some tests wait for
# what they started, so one more of them runs than there are processors.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(READY) ## run the tests
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

check: lint types layers packs test ## everything a commit must pass, quickest first

bench: $(READY) ## measure the goals of docs/performance.md (GOALS="1 2" BENCH="--json FILE")
	@$(BIN)/python -m tests.bench $(GOALS) $(BENCH)

profile: $(READY) ## draw where the time goes (SCENARIO=answers|cards|export|publish SVG=FILE)
	@$(BIN)/python -m tests.bench.profiling $(SCENARIO) $(SVG)

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(READY) ## format the Python code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(READY)
	@$(BIN)/mypy

layers: $(READY)
	@$(BIN)/lint-imports --no-cache

packs: $(READY) ## check the packs, and run the evidence that has changed
	@$(BIN)/quiz check --strict --run content
	@$(BIN)/quiz fmt --check content

lock: $(READY) ## write both lock files anew from pyproject.toml
	@$(BIN)/python -m pip install -q 'uv>=0.13.9,<0.14'
	@$(LOCKED) --extra dev -o requirements-dev.lock
	@$(LOCKED) --extra build --constraint requirements-dev.lock -o requirements.lock

wheel: $(READY) ## build dist/*.whl
	@$(BIN)/python -m hatchling build -t wheel

clean: ## remove what can be made again (never DATA)
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# What the program needs, and no more: a learner's first page should not wait for our tools.
$(RUNS): requirements.lock pyproject.toml
	@echo "Installing into .venv (half a minute, once) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(READY): requirements-dev.lock $(RUNS)
	@echo "Installing the tools of developers (a minute, once) ..."
	@$(BIN)/python -m pip install -q --require-hashes -r requirements-dev.lock
	@touch $@
