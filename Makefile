# Everything that is done with the code, from a machine that has Python 3.12 or newer and make. `make help` lists it.

VENV := .venv
PY := $(VENV)/bin/python
INSTALLED := $(VENV)/.installed
STYLESHEET := commons/static/commons/app.css
ASSETS := package.json package-lock.json $(wildcard commons/assets/* commons/assets/*/*)
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
  --python-version 3.12 pyproject.toml
export UV_LINK_MODE ?= copy
export PIP_DISABLE_PIP_VERSION_CHECK ?= 1

.DEFAULT_GOAL := help
.PHONY: help run test check proof acts bench faults assets lock setup browser

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: setup assets ## serve the registry on http://127.0.0.1:8000 (PORT, DATA_DIR and PACK choose otherwise)
	@exec $(PY) manage.py serve

test: setup assets browser ## every test, in a real browser too (ARGS="-k search" chooses)
	@$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

check: setup assets ## style, import contracts, missing migrations, API description, templates, types
	@$(VENV)/bin/ruff check
	@$(VENV)/bin/ruff format --check
	@$(VENV)/bin/lint-imports
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) manage.py spectacular --validate --fail-on-warn --file $(VENV)/openapi.yaml
	@diff -u docs/openapi.yaml $(VENV)/openapi.yaml || \
	  { echo "docs/openapi.yaml is not what the code says: manage.py spectacular --file docs/openapi.yaml" >&2; exit 1; }
	@$(VENV)/bin/djlint --quiet --lint templates
	@$(VENV)/bin/mypy

proof: setup ## every property of the index in 20,000 worlds (PROPERTY_CASES chooses)
	@PROPERTY_CASES=$${PROPERTY_CASES:-20000} $(PY) -m pytest -n 2 tests/public_value/test_engine_properties.py $(ARGS)

acts: setup ## an hour of random acts by many actors, and what must hold after each (ACTS_MINUTES chooses)
	@ACTS_MINUTES=$${ACTS_MINUTES:-60} $(PY) -m pytest -p no:xdist tests/registry/machine $(ARGS)

bench: setup assets ## measure loading and search against their targets
	@$(PY) -m pytest tests/performance -p no:xdist $(ARGS)

faults: setup assets ## kill every part of a running registry and look that nothing is lost
	@$(PY) -m pytest tests/faults -p no:xdist $(ARGS)

assets: $(STYLESHEET) ## build the stylesheet

lock: setup ## choose the newest allowed versions of everything anew
	@$(LOCK) --upgrade --group dev -o requirements.txt
	@$(LOCK) -c requirements.txt -o requirements.production.txt

setup: $(INSTALLED)

$(STYLESHEET): $(ASSETS) commons/management/commands/build_assets.py | $(INSTALLED)
	@$(PY) manage.py build_assets
	@touch $@

$(INSTALLED): requirements.txt
	@sh scripts/setup.sh $(VENV)
	@touch $@

browser:
	@sh scripts/browser.sh
