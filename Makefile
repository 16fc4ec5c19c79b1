# Everything a fresh clone needs: Python 3.11 or later, make and git. Each target sets up what it uses and does it once:
# the files under "What is set up" carry the date of their last set-up.
SHELL := /usr/bin/env bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PATH := $(CURDIR)/.tools/bin:$(PATH)
export PATH

VENV := .venv/.ready
NODE := .tools/node/.ready
RIG := .tools/rig/.ready
VSCE := .tools/vsix/.ready
JAVASCRIPT := .tools/javascript/.ready
AWSCLI := .tools/awscli/.ready
BENCH_SERVERS := .tools/bench/.ready
LIBS := .tools/libs/.ready
MODULES := client-extension/node_modules/.ready
CLIENT := client-extension/dist/extension.js
CLIENT_SOURCES := $(shell find client-extension/src -name '*.ts' 2> /dev/null) client-extension/esbuild.mjs
SERVER_SOURCES := $(shell find server/rolecall -name '*.py')

##@ Use it
.PHONY: demo install
demo: $(VENV) $(RIG) $(CLIENT) ## the real VS Code in your browser, on made-up AWS files with a made-up AWS behind them
	@node dev/demo.mjs
install: rolecall.vsix ## pack the extension with its server, and put it into your VS Code
	@dev/install.sh rolecall.vsix

##@ Work on it
.PHONY: setup test conformance bench check generate screenshots requirements clean
setup: $(VENV) $(NODE) $(RIG) $(JAVASCRIPT) $(AWSCLI) $(CLIENT) ## all that the other targets need
	@dev/chromium.sh --install > /dev/null || \
	  echo "No Chromium: the tests in the real VS Code will be skipped. Install one, or set ROLECALL_CHROMIUM to its path."
test: setup rolecall.vsix ## every test, those in the real VS Code too
	@dev/test.sh
conformance: $(VENV) $(JAVASCRIPT) ## hold our readers to the real tools on a million generated pairs of files; goes on where it was
	@.venv/bin/python -m tests.conformance.run $(CONFORMANCE)
bench: $(VENV) $(NODE) $(BENCH_SERVERS) ## time the server next to others, in one run: see server/docs/speed.md
	@.venv/bin/python -m tests.bench.run $(BENCH)
check: $(VENV) $(MODULES) ## lint, types and layers
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	cd client-extension && npm run --silent check
generate: $(VENV) ## write again what is generated: catalogue, rules, docs, package.json blocks
	.venv/bin/python server/dev/generate.py write
screenshots: $(VENV) $(RIG) $(CLIENT) ## take the pictures of the README again
	node dev/screenshots.mjs
requirements: ## pin the newest versions of every Python package, with hashes
	@dev/requirements.sh
clean: ## take away all that was set up or built
	rm -rf .venv .tools client-extension/node_modules client-extension/dist rolecall.vsix tests/e2e/output

##@ What is set up
$(VENV): dev/venv.sh dev/find-python.sh requirements/dev.txt pyproject.toml
	@echo "Python packages into .venv"
	@dev/venv.sh
	@touch $@
$(NODE): dev/node.sh requirements/node.txt | $(VENV)
	@echo "Node into .tools/node"
	@dev/node.sh .venv/bin/python
	@touch $@
$(RIG): dev/code-server.sh $(wildcard dev/rig/* dev/rig/stand-ins/*) | $(NODE)
	@echo "VS Code for the browser into .tools/rig"
	@dev/code-server.sh
	@touch $@
$(VSCE): dev/vsce.sh $(wildcard dev/vsix/*) | $(NODE)
	@echo "The packer of extensions into .tools/vsix"
	@dev/vsce.sh
	@touch $@
$(JAVASCRIPT): dev/javascript.sh $(wildcard tests/readers/javascript/package*.json) | $(NODE)
	@echo "The AWS SDK for JavaScript into .tools/javascript"
	@dev/javascript.sh
	@touch $@
$(AWSCLI): dev/awscli.sh requirements/awscli.txt | $(VENV)
	@echo "The AWS CLI into .tools/awscli"
	@dev/awscli.sh
	@touch $@
$(BENCH_SERVERS): dev/bench.sh $(wildcard tests/bench/npm/package*.json) | $(NODE)
	@echo "Other language servers into .tools/bench"
	@dev/bench.sh
	@touch $@
$(MODULES): client-extension/package.json client-extension/package-lock.json | $(NODE)
	@echo "Packages of the client"
	@cd client-extension && npm ci --ignore-scripts --no-fund --no-audit --silent
	@touch $@
$(CLIENT): $(CLIENT_SOURCES) $(MODULES)
	@echo "The client"
	@cd client-extension && npm run --silent build
	@touch $@
$(LIBS): dev/libs.sh requirements/server.txt | $(VENV)
	@echo "The server's libraries into $(@D)"
	@dev/libs.sh $(@D)
	@touch $@
rolecall.vsix: dev/vsix.sh server/launcher.py pyproject.toml README.md CHANGELOG.md $(SERVER_SOURCES) $(CLIENT) $(LIBS) $(VENV) $(VSCE)
	@echo "The extension into $@"
	@dev/vsix.sh $(dir $(LIBS)) $@

.PHONY: help
help: ## this list
	@awk 'BEGIN { FS = ":.*## " } /^##@ / { if (substr($$0, 5) != "What is set up") printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
