# Everything that a person or CI does with this project. Needs python3 (3.11 or newer, with venv), node and npm,
# make and git; everything else is set up here, from pinned files with hashes. One test needs java too, and is skipped
# without it.

PYTHON ?= python3
BIN := .venv/bin
LAYERS := layers/trigger_pattern/src:layers/trigger_pattern/testing:layers/trigger_pattern/authoring:layers/resources

# Packages come from where this machine gets them: an index, proxies and certificates are the user's to set. What pip,
# npm and Python do with them is not; an option given here also overrides what a configuration file says.
FROM := PIP_CONFIG_FILE PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_FIND_LINKS PIP_NO_INDEX PIP_TRUSTED_HOST PIP_CERT \
  PIP_CLIENT_CERT PIP_PROXY PIP_TIMEOUT PIP_DEFAULT_TIMEOUT PIP_RETRIES PIP_CACHE_DIR PIP_KEYRING_PROVIDER
unexport $(filter-out $(FROM),$(filter PIP_%,$(.VARIABLES))) $(filter PYTHON%,$(.VARIABLES)) NODE_ENV NODE_OPTIONS
PINNED := --quiet --disable-pip-version-check --no-deps --require-hashes
INSTALL := pip install $(PINNED) --no-user --target=
DOWNLOAD := pip download $(PINNED) --dest .local/wheels

# What runs on this machine gets an environment made for it: no variable of the user's reaches it.
MADE := $(BIN)/python -m tools.environment

DEV := .local/stamps/dev
SAM := .local/stamps/sam
MINISTACK := .local/stamps/ministack
WHEELS := .local/stamps/wheels
NODE_MODULES := .local/stamps/node_modules
STACK_TOOLS := $(DEV) $(SAM) $(WHEELS) $(MINISTACK)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup build run demo lint test test-fast simulate bench bench-cold bench-replay new views openapi schemas generated wheel lock clean
.PHONY: ruff mypy pyright imports cfn-lint spectral redocly asyncapi

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STACK_TOOLS) $(NODE_MODULES) ## Install everything that the other targets need, in this folder

build: $(DEV) $(SAM) $(WHEELS) ## Build the Lambda artefacts for this machine, with sam
	@$(MADE) $(BIN)/python -m tools.local.sam

run: $(STACK_TOOLS) ## Run the whole system on this machine and show its events, until Ctrl-C
	@$(MADE) $(BIN)/python -m tools.local run

demo: $(STACK_TOOLS) ## Run the whole system, drive the article's story through it, and check the outcome
	@$(MADE) $(BIN)/python -m tools.local.demo

lint: setup ## Check style, types, import directions, the template, and the API's and the events' descriptions
	@$(MAKE) --no-print-directory --jobs=2 ruff mypy pyright imports cfn-lint spectral redocly asyncapi

ruff:
	$(BIN)/ruff check
	$(BIN)/ruff format --check

mypy:
	$(BIN)/mypy .

pyright:
	node_modules/.bin/pyright

imports:
	PYTHONPATH=$(LAYERS) $(BIN)/lint-imports

cfn-lint:
	$(BIN)/cfn-lint template.yaml examples/subscriber/template.yaml

# The API's description; a test gives other resources'. Neither linter asks anything of a server.
DESCRIPTIONS := functions/query_api/openapi.json

spectral:
	node_modules/.bin/spectral lint --ruleset=tools/lint/spectral.yaml --fail-severity=warn $(DESCRIPTIONS)

redocly:
	REDOCLY_SUPPRESS_UPDATE_NOTICE=true node_modules/.bin/redocly lint --config=tools/lint/redocly.yaml $(DESCRIPTIONS) docs/arazzo.yaml

asyncapi:
	node tests/contract/validate_asyncapi.mjs functions/query_api/asyncapi.yaml >/dev/null

# Two processes run tests, because most of what runs end to end waits. tests/conftest.py has the groups that each takes:
# in the order of the folders, so that the long ones come first and the short ones fill the end.
PYTEST := $(BIN)/pytest --numprocesses=2 --no-loadscope-reorder

test: lint ## Run the linters, then every test, in some ten minutes
	$(PYTEST)

test-fast: lint ## Run the linters and the tests that need no running system, in about two minutes
	$(PYTEST) tests/contract tests/golden tests/laws tests/unit

simulate: $(DEV) ## Run the pipeline in a simulated AWS: SEEDS=100000 runs, or SEED=7 with its story; RESOURCE=account
	@$(MADE) env PYTHONPATH=$(LAYERS):examples/subscriber/function $(BIN)/python -m tools.simulate $(if $(RESOURCE),--resource $(RESOURCE)) \
	  $(if $(SEED),--seed $(SEED),--seeds $(or $(SEEDS),5000))

# The pins: requirements/*.in say what is wanted, this writes what is installed. No registry's address gets into them.
COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --upgrade --generate-hashes \
  --no-emit-index-url --no-header

bench: $(DEV) ## Count what commands and broadcasts cost in requests and capacity units
	@$(MADE) env PYTHONPATH=$(LAYERS) $(BIN)/python -m bench.cost

bench-cold: $(DEV) $(SAM) $(WHEELS) ## Measure how long the functions take to start, beside a bare and a usual one
	@$(MADE) env PYTHONPATH=$(LAYERS) $(BIN)/python -m bench.cold

bench-replay: $(DEV) $(MINISTACK) ## Measure how fast history is replayed from the local table, in some minutes
	@$(MADE) env PYTHONPATH=$(LAYERS) $(BIN)/python -m bench.replay

new: $(DEV) ## Start a new resource: RESOURCE=shopping-cart, and PLURAL= where that is not the name and an s
	@$(MADE) env PYTHONPATH=$(LAYERS) $(BIN)/python -m tools.new $(RESOURCE) $(PLURAL)

views: $(DEV) ## Write what template.yaml has of the resources, such as the tables for their lists, anew
	@$(MADE) env PYTHONPATH=$(LAYERS) $(BIN)/python -m tools.views

openapi: $(DEV) ## Write the API's description, functions/query_api/openapi.json, anew
	@$(MADE) env PYTHONPATH=$(LAYERS) $(BIN)/python -m tools.openapi

schemas: $(DEV) ## Write the schemas of published events, functions/query_api/schemas, anew, unless that would break a published one
	@$(MADE) env PYTHONPATH=$(LAYERS) $(BIN)/python -m tools.contract

generated: $(DEV) ## Write functions/query_api/asyncapi.yaml, events/ and the fold corpora, unless a state changed without its fold_version
	@$(MADE) env PYTHONPATH=$(LAYERS) $(BIN)/python -m tools.generate

wheel: $(DEV) ## Build the package, to begin a project of its own with: .local/dist
	@$(MADE) $(BIN)/python -m tools.wheel

lock: $(DEV) ## Pin anew all that is installed, with hashes
	$(COMPILE) requirements/lambda.in -o layers/dependencies/requirements.txt
	$(COMPILE) requirements/dev.in -c layers/dependencies/requirements.txt -o requirements/dev.txt
	$(COMPILE) requirements/sam.in -o requirements/sam.txt
	$(COMPILE) requirements/ministack.in -o requirements/ministack.txt
	npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund

clean: ## Remove everything that was made
	rm -rf .venv .local .aws-sam node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment is made anew whenever its pins change, so that it holds them and nothing else.
$(DEV): requirements/dev.txt
	$(call environment,.venv,$<)

$(SAM): requirements/sam.txt
	$(call environment,.local/sam,$<)

$(MINISTACK): requirements/ministack.txt
	$(call environment,.local/ministack,$<)

# What the dependencies' layer is built from. sam takes this machine's wheels, and Lambda's for those that would not run
# there.
$(WHEELS): layers/dependencies/requirements.txt $(DEV)
	@echo "Setting up .local/wheels ..."
	@rm -rf .local/wheels
	@$(BIN)/$(DOWNLOAD) -r $<
	@$(BIN)/$(DOWNLOAD) -r $< --only-binary=:all: --platform manylinux2014_$(subst arm64,aarch64,$(shell uname -m))
	@mkdir -p $(@D) && touch $@

$(NODE_MODULES): package-lock.json package.json
	@echo "Setting up node_modules ..."
	@npm ci --silent --no-audit --no-fund --include=dev --no-global --no-dry-run --package-lock
	@mkdir -p $(@D) && touch $@

define environment
@echo "Setting up $(1) ..."
@rm -rf $(1) && $(PYTHON) -m venv $(1) && $(1)/bin/$(INSTALL) -r $(2)
@mkdir -p $(@D) && touch $@
endef
