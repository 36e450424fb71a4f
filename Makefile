# Everything runs in .venv, which is filled on first use and again whenever pyproject.toml changes.
#
#   make demo     read the example articles, keep them, ask what one of their people said, and trace her words
#   make test     run every test
#   make check    format, lint, types and the structural tests
#   make train    train the model, in three runs whose weights are averaged, and export it; fit the trees for web pages
#   make bench    measure it: agreement with people, speed, memory
#   make clean    remove what the above have made, but for the model and its training runs

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.DEFAULT_GOAL := demo
.PHONY: demo test check train bench clean
.DELETE_ON_ERROR:

demo: $(VENV)/installed
	$(BIN)/onrecord read examples/*.txt examples/*.html
	@mkdir -p build
	$(BIN)/onrecord read examples/*.txt examples/*.html --format html > build/examples.html
	@echo "The same as a page, with the statements marked in place: build/examples.html"
	$(BIN)/onrecord add examples/*.txt examples/*.html examples/weyport.warc.gz --record build/examples.db
	@echo "The same in a record, which any SQLite tool opens: build/examples.db. What did the mayor say about the quay?"
	$(BIN)/onrecord said Falk --about quay --record build/examples.db
	@echo "How did her words come from the Weyport Ledger to the Grey Sound Mail, and what became of them on the way?"
	$(BIN)/onrecord trace "close the quay" --record build/examples.db
	$(BIN)/onrecord trace "close the quay" --record build/examples.db --format svg > build/trace.svg
	@echo "The same as a picture: build/trace.svg"

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest

check: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --quiet tests/test_layout.py

train: $(VENV)/installed-train
	$(BIN)/python -m training.train --run runs/first
	$(BIN)/python -m training.train --run runs/second --set start=runs/first epochs=3 encoder_rate=2e-4 \
	  head_rate=7e-4 dropout=0.15 word_dropout=0.1 warm_up=0.1 seed=11
	$(BIN)/python -m training.train --run runs/third --set "start=runs/first runs/second" epochs=3 encoder_rate=1.5e-4 \
	  word_dropout=0.05 seed=13 coreference_weight=0.4 batch_share=0.5
	$(BIN)/python -m training.export --runs runs/first runs/second runs/third runs/third
	$(BIN)/python -m training.vectors
	$(BIN)/python -m training.pages

bench: $(VENV)/installed-bench
	$(BIN)/python -m benchmarks.run

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find src tests training benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
	  "OnRecord needs Python 3.11 or later, this is %d.%d: make PYTHON=/path/to/python3" % sys.version_info[:2])'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(BIN)/python
	$(PIP) --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-bench: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[bench]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-train: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[train]'
	@touch $@ $(VENV)/installed
