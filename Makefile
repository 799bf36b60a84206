# Everything a checkout needs, from nothing: `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: run test debian check lint style bench soak mutants docs assets lock clean help
MAKEFLAGS += --no-print-directory
# Some machines forbid it; without it every start and every test compiles all packages anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
RUNTIME := .venv/.runtime
DEV := .venv/.dev
NODE_MODULES := node_modules/.installed
CODEGEN := build/codegen/.installed
ASSETS := server/graphql/static/graphiql/graphiql.js server/admin/static/editor/editor.js \
	cms/static/swagger-ui/swagger-ui-bundle.js themes/default/assets/javascripts/built/charts.js
UV_COMPILE := build/uv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url \
	--no-header --python-version 3.11 $(UPGRADE)
# What a bundle needs beside nginx.
NGINX_LUA := libnginx-mod-http-lua lua-cjson
# Where `make check` looks: `make check TESTS=tests/gateway`; how many run tests side by side: one
# more than there are processors, since a quarter of their time they wait for servers and browsers.
TESTS ?= tests
WORKERS ?= $(shell expr $$(nproc) + 1)
PYTEST := $(BIN)/pytest --numprocesses=$(WORKERS) --dist=worksteal

run: $(RUNTIME) $(ASSETS) ## Set everything up and serve on PORT (default 8000)
	@exec $(BIN)/gatehouse serve --port $${PORT:-8000}

test: ## Set everything up, Debian packages included, and run every check and test
	@$(MAKE) .venv/.created # may install a Debian package, too
	@$(MAKE) --jobs=4 debian $(DEV) $(ASSETS) $(CODEGEN)
	@$(MAKE) style
	@mkdir -p build; $(BIN)/mypy >build/types.txt 2>&1 & types=$$!; failed=0; $(PYTEST) || failed=$$?; \
		wait $$types || { cat build/types.txt; failed=1; }; exit $$failed

debian:
	@tools/debian.sh postgresql redis-server nginx chromium $(NGINX_LUA) luajit2 tomcat10-user?

check: $(DEV) ## The quick checks: lint and the tests that need no other program
	@$(MAKE) lint
	@$(PYTEST) -m "not slow and not browser and not nginx and not postgres and not redis" $(TESTS)

lint: style ## Format, lint, import floors and types
	$(BIN)/mypy

style: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

bench: $(DEV) $(ASSETS) ## Measure against plain nginx in the same run
	@tools/debian.sh nginx redis-server wrk $(NGINX_LUA)
	@$(BIN)/python -m bench

soak: $(DEV) $(ASSETS) ## Mixed load with misbehaving neighbours for MINUTES (default 30), with a chart
	@tools/debian.sh nginx
	@MINUTES=$${MINUTES:-30} $(BIN)/python -m bench.soak

docs: $(DEV) ## Write the generated pages of docs/reference anew
	@$(BIN)/python -m tools.reference

mutants: $(DEV) build/cosmic-ray/cosmic_ray ## Break gateway/ and server/auth a little, see which tests notice (MUTANTS="--each 4 --seed 1")
	@PYTHONPATH=build/cosmic-ray nice $(BIN)/python tools/mutants.py $(MUTANTS)

assets: $(ASSETS) ## Build the browser files when their sources changed

lock: $(RUNTIME) build/uv/bin/uv ## Pin all packages anew (UPGRADE=--upgrade takes the newest)
	@$(UV_COMPILE) pyproject.toml -o requirements.txt
	@$(UV_COMPILE) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	@$(UV_COMPILE) requirements-build.in -c requirements-dev.txt -o requirements-build.txt
	@$(UV_COMPILE) requirements-node.in -o requirements-node.txt
	@$(UV_COMPILE) requirements-codegen.in -o requirements-codegen.txt
	@tools/node.sh npm install --package-lock-only

clean: ## Remove what make has built; data in var/ stays
	@rm -rf .venv node_modules build dist server/graphql/static/graphiql cms/static
	@rm -rf server/admin/static/editor themes/default/assets/javascripts/built
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

.venv/.created: tools/venv.sh
	@PYTHON="$(PYTHON)" tools/venv.sh
	@touch $@

$(RUNTIME): .venv/.created requirements.txt requirements-build.txt pyproject.toml
	@echo "Installing Python packages into .venv"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --require-hashes -r requirements-build.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUNTIME) requirements-dev.txt
	@echo "Installing the packages of the tests into .venv"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

$(NODE_MODULES): package.json package-lock.json .npmrc | $(RUNTIME)
	@echo "Installing npm packages"
	@SCARF_ANALYTICS=false tools/node.sh npm ci --loglevel=error
	@touch $@

$(ASSETS) &: $(NODE_MODULES) tools/assets.mjs tools/graphiql.js tools/charts.js tools/editor.js \
		tools/swagger_ui.mjs
	@echo "Building browser files"
	@tools/node.sh node tools/assets.mjs

$(CODEGEN): requirements-codegen.txt | $(DEV)
	@echo "Installing what generates clients into build/codegen"
	@rm -rf build/codegen
	@$(PIP) install --no-deps --require-hashes --target build/codegen -r requirements-codegen.txt
	@touch $@

# Not among the packages of the tests: only this needs them.
build/cosmic-ray/cosmic_ray: | $(DEV)
	@$(PIP) install --target build/cosmic-ray cosmic-ray==8.7.0

build/uv/bin/uv: | $(RUNTIME)
	@$(PIP) install --target build/uv uv==0.13.8
