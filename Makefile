# Thin on purpose: every verb is one call of tools/bootstrap.py, which also works without make
# (for instance on Windows: `python tools/bootstrap.py run`).
PYTHON ?= python3
PORT ?= 8501

.PHONY: run install test check bench clean

run:
	@$(PYTHON) tools/bootstrap.py run --port $(PORT)

install:
	@$(PYTHON) tools/bootstrap.py install

test:
	@$(PYTHON) tools/bootstrap.py test

check:
	@$(PYTHON) tools/bootstrap.py check

bench:
	@$(PYTHON) tools/bootstrap.py bench

clean:
	@$(PYTHON) tools/bootstrap.py clean
