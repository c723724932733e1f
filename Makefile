# make run    starts the portal at http://127.0.0.1:8000 (PORT changes it)
# make test   runs every test, on SQLite, on PostgreSQL with Redis and a worker, and in a browser
# make check  format, lint, types, contracts, migrations, templates
# make fix    mends format and lint where a machine can
# make pictures renews the pictures of the roster import in docs/screenshots
# make bench  measures; make vendor renews static/vendor from npm; make lock renews requirements*.txt

PY := .venv/bin/python

run:
	@scripts/prepare run
	@exec $(PY) manage.py run

test:
	@scripts/prepare test
	@$(PY) scripts/test_parts.py

check:
	@scripts/prepare test
	@$(PY) scripts/check.py

fix:
	@scripts/prepare test
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .
	@$(PY) -m djlint --reformat --quiet templates || true

pictures:
	@scripts/prepare test
	@$(PY) scripts/pictures.py

bench:
	@scripts/prepare test
	@$(PY) -m bench

vendor:
	npm ci --ignore-scripts
	node scripts/vendor.mjs

lock:
	uv pip compile -q requirements.in -o requirements.txt --generate-hashes --python-version 3.11 --no-emit-index-url --no-header
	uv pip compile -q requirements.in requirements-dev.in -o requirements-dev.txt --generate-hashes --python-version 3.11 --no-emit-index-url --no-header

.PHONY: run test check fix pictures bench vendor lock
