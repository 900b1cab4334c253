# `make run` opens Rehearsal, `make test` proves it. What they make stands in .venv/ and var/.

TESTS ?= tests
# A choice of tests may hold none of one kind: 5 is pytest's word for that.
EVEN_NONE := || [ $$? -eq 5 ]
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
CHROMIUM := $(shell for name in chromium-headless-shell chromium chromium-browser google-chrome; do command -v $$name && break; done)

.PHONY: run setup test soak simulate bench-click bench-sandbox bench-scoring lint doctor lock messages
.NOTPARALLEL:

run: setup
	@exec $(BIN)/python -m interview.serve

setup: .venv/requirements.txt
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_questions
	@$(MANAGE) create_demo

test: setup .venv/requirements-dev.txt $(if $(CHROMIUM),.venv/requirements-browser.txt)
	@$(if $(CHROMIUM),:,echo "No Chromium here: the tests in a browser are skipped.")
	@$(BIN)/python -m pytest $(TESTS) --numprocesses auto -m "not alone" $(EVEN_NONE)
	@$(BIN)/python -m pytest $(TESTS) -m alone $(EVEN_NONE)

# Two thousand runs on each broker while everything around them is killed: about a quarter of an hour.
soak: .venv/requirements-dev.txt
	@SOAK_RUNS=$(or $(RUNS),2000) $(BIN)/python -m pytest tests/proofs/test_soak.py --capture no --verbose \
	    --override-ini faulthandler_timeout=0

# Fifty people on a server of their own for a minute (PEOPLE=… MINUTES=…); KILL=10 kills its web server every 10 s.
simulate: .venv/requirements-dev.txt
	@$(BIN)/python -m tests.proofs.simulation --people $(or $(PEOPLE),50) --minutes $(or $(MINUTES),1) --kill $(or $(KILL),0)

# From the click to the verdict, as a browser sees it.
bench-click: .venv/requirements-browser.txt
	@$(BIN)/python -m tests.proofs.bench_click

# What a run costs, beside bare Python and beside bubblewrap around a fresh Python.
bench-sandbox: .venv/requirements-dev.txt
	@$(BIN)/python -m tests.proofs.bench_sandbox

# What a score costs, beside plain similarity to the reference.
bench-scoring: .venv/requirements.txt
	@$(BIN)/python -m tests.proofs.bench_scoring

lint: .venv/requirements.txt .venv/requirements-dev.txt
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates

doctor: .venv/requirements.txt
	@$(MANAGE) doctor

messages: .venv/requirements.txt
	$(MANAGE) makemessages --locale ko --no-obsolete --ignore var
	$(MANAGE) compilemessages --locale ko

# For every platform, with hashes, and without the address of an index.
COMPILE := uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header --no-annotate
lock:
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) --group dev --constraints requirements.txt --output-file requirements-dev.txt
	$(COMPILE) --group browser --constraints requirements-dev.txt --output-file requirements-browser.txt

# The copy of a requirements file in .venv/ says what is installed there. Pip would compile on one processor, and tests
# of libraries, which nobody runs here, too.
REQUIREMENTS := requirements.txt requirements-dev.txt requirements-browser.txt
$(REQUIREMENTS:%=.venv/%): .venv/%: % .venv/bin/python
	@echo "Installing $< (a minute or two, the first time)."
	@$(BIN)/python -m pip install -qq --no-compile --disable-pip-version-check --require-hashes --requirement $<
	@$(BIN)/python -m compileall -qq -j 0 -x '/tests/' .venv/lib || true
	@cp $< $@

# The first Python that runs, is new enough and has venv (Debian packs ensurepip, which venv needs, by itself); or uv.
PYTHONS := $(PYTHON) python3 python3.13 python3.12
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 12))
.venv/bin/python:
	@for python in $(PYTHONS); do \
	    $$python -c '$(NEW_ENOUGH)' 2>/dev/null || continue; \
	    $$python -c 'import ensurepip' 2>/dev/null && exec $$python -m venv --clear .venv; \
	    bare=$$python; \
	done; \
	uv --version >/dev/null 2>&1 && exec uv venv --quiet --clear --seed --python '>=3.12' .venv; \
	if [ "$$bare" ]; \
	then echo "$$bare can't make a virtual environment: install the package python3-venv, then try again."; \
	else echo "Rehearsal needs Python 3.12 or newer: install the package python3 (or uv), or name it: make run PYTHON=/path/to/python3"; \
	fi >&2; exit 1
