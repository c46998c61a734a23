# Thin names for the scripts in dev/, which also work by hand from any directory.
# Start with "make demo"; "make test" runs everything.

PORT ?= 8042

.DEFAULT_GOAL := help
.PHONY: help demo test setup lint sanity unit contract behaviour faults properties interruption concurrency inventory playbooks awx guides security integration molecule oldest test-matrix bench emulator docs build galaxy clean

help:
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

demo: ## build a load balancer on the local emulator, and watch it stay as it is
	@bash dev/demo.sh

test: ## set up, then run every check and test
	@bash dev/test.sh

setup: ## create or refresh .venv; PYTHON=/path/to/python chooses the interpreter
	@bash dev/setup.sh

lint: ## static checks
	@bash dev/lint.sh

sanity: ## ansible-test sanity
	@bash dev/sanity.sh

unit contract behaviour faults properties interruption concurrency inventory playbooks awx guides security:
	@bash dev/suite.sh $@

unit: ## tests of single parts, without Ansible
contract: ## descriptions and emulator against the vendor's SDK
behaviour: ## every module through its whole life on the emulator
faults: ## every module with every kind of fault at every request it makes
properties: ## random tasks and faults, one after the other: what was wanted last is what there is
interruption: ## plays that are killed and run again
concurrency: ## plays at the same time
inventory: ## inventory plugins, as ansible-inventory and plays read them
playbooks: ## roles and playbooks, as an operator runs them
awx: ## job templates and inventory sources, with the engine that runs them in AWX
guides: ## every example of the guides
security: ## secrets, other hosts, and input that was made to do harm

integration: ## ansible-test integration, on the emulator
	@bash dev/integration.sh

molecule: ## molecule scenarios, on the emulator
	@bash dev/molecule.sh

oldest: ## what depends on Ansible itself, on the oldest ansible-core and Python
	@bash dev/matrix.sh --quick

test-matrix: ## sanity and all suites, on every ansible-core and Python; ONLY="2.18 2.21-3.13"
	@bash dev/matrix.sh $(ONLY)

bench: ## measure plays on the emulator, and write docs/measurements.md
	@bash dev/bench.sh

emulator: ## serve the emulator on 127.0.0.1 until interrupted; PORT=8042
	@bash dev/emulator.sh $(PORT)

docs: ## build the site of guides and reference in .build/docs/html
	@bash dev/docs.sh

build: ## build the Galaxy artifact in dist/
	@bash dev/build.sh

galaxy: ## check the Galaxy artifact as Galaxy does
	@bash dev/galaxy.sh

clean: ## remove everything these commands made
	@bash dev/clean.sh
