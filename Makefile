# Steady. Every target does its own set-up: nothing but Python 3.11 or newer and the network is needed.
#   make demo    an invented clinic on http://127.0.0.1:8000 (PORT=8001 make demo for another port)
#   make test    the whole suite; browser journeys where Chromium is found (REQUIRE_BROWSER=1: they must run)
#   make bench   measurements as one JSON object; about ten minutes
#   make shots   photographs of every page and handout, in var/shots/
#   make lint    style, types, templates, import contracts, migrations, deployment settings

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
WORKERS ?= auto
PYTHON ?=
export PORT

# mypy and the migrations check load the settings; the demo's keys are enough for that.
DEMO_KEYS := DEMO=true
# What a clinic sets (README, Deploying), with throw-away keys.
PRODUCTION = DEMO=false DEBUG=false ALLOWED_HOSTS=steady.example STEADY_VAR=var/check \
  SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
  CODE_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
  MFA_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
  AUDIT_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')

define MAKE_VENV
@if ! $(BIN)/python -c 'import pip' 2>/dev/null; then \
  found=; \
  for name in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
    if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$name; break; fi; \
  done; \
  if [ -z "$$found" ]; then \
    echo "Python 3.11 or newer is missing: install it, or name it as in: make PYTHON=/path/to/python3.12 demo" >&2; \
    exit 1; \
  fi; \
  if ! said=$$("$$found" -m venv --clear $(VENV) 2>&1); then \
    echo "$$said" >&2; \
    echo "Python's venv module is missing or broken; on Debian and Ubuntu: apt install python3-venv" >&2; \
    exit 1; \
  fi; \
fi
endef

define INSTALL
@if ! $(BIN)/python -m pip install --quiet --disable-pip-version-check -r $<; then \
  echo "pip could not install what $< names: its message stands above; most often the network is missing." >&2; \
  exit 1; \
fi
@touch $@
endef

.PHONY: demo test bench shots lint

demo: $(VENV)/ready
	@$(BIN)/python manage.py demo

test: $(VENV)/ready-to-test
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup

bench: $(VENV)/ready
	@DEMO=true $(BIN)/python manage.py bench

shots: $(VENV)/ready-to-test
	@DEMO=true $(BIN)/python manage.py shots

lint: $(VENV)/ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(DEMO_KEYS) $(BIN)/mypy .
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/lint-imports
	$(DEMO_KEYS) $(BIN)/python manage.py makemigrations --check --dry-run
	@echo "manage.py check --deploy, with production settings"
	@$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

# The stamps are older than the requirements exactly when those have changed.
$(VENV)/ready: requirements.txt
	$(MAKE_VENV)
	$(INSTALL)

$(VENV)/ready-to-test: requirements-test.txt requirements.txt
	$(MAKE_VENV)
	$(INSTALL)
	@touch $(VENV)/ready
