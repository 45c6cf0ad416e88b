# Two commands on a fresh machine: `make scan` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
TARGET ?= sample_data/volume
DECLARATION ?= $(if $(filter sample_data/volume,$(TARGET)),sample_data/declaration.yaml)
RUN ?= run
SECONDS ?= 1200

.PHONY: help setup scan test check lint types imports docs format bench evaluate golden fuzz audit clean
help: ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/ready: pyproject.toml .ci/constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r .ci/constraints.txt
	$(BIN)/pip install --quiet --no-deps -e .
	touch $@

setup: $(VENV)/ready ## Create the virtual environment and install the pinned dependencies

scan: setup ## Scan TARGET (default: the sample volume) and print the path of the inventory
	$(BIN)/recense scan $(TARGET) $(if $(DECLARATION),--declaration $(DECLARATION)) -o $(RUN) --force

test: setup ## Run the tests
	$(BIN)/pytest

check: lint types imports test ## What continuous integration runs

lint: setup
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

imports: setup
	$(BIN)/lint-imports

format: setup ## Format the code
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

bench: setup ## Measure speed, memory and findings on this machine (BENCH="--size 1GB --readme")
	$(BIN)/recense bench $(BENCH)

evaluate: setup ## Measure precision and recall on the labelled CORPORA, beside Presidio, into recognizers/README.md
	$(BIN)/recense evaluate $(CORPORA)/labelled --tables $(CORPORA)/tables --part test --baseline presidio --readme $(EVALUATE)

golden: setup ## Rewrite the golden reports; read the diff before you commit it
	RECENSE_GOLDEN=write $(BIN)/pytest tests/reporters/test_inventory.py && git diff --stat tests/golden

fuzz: setup ## Fuzz each target for SECONDS (1200); what is found is kept in tests/fuzz/corpus
	$(BIN)/python -m tests.fuzz.fuzzing --seconds $(SECONDS)

audit: setup ## Ask the advisory database about the pinned dependencies (needs pip-audit and the network)
	@$(BIN)/python -c "import pip_audit" 2>/dev/null || $(BIN)/pip install --quiet pip-audit
	$(BIN)/python -m pip_audit --require-hashes --disable-pip -r .ci/constraints.txt

clean:
	rm -rf $(VENV) $(RUN)
