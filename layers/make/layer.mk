# How sam builds a layer: with bytecode. Lambda cannot write any, so without it each start would compile every module.
#
# sam starts this with the layer's folder as its own. The makefile that includes this is in a folder named by the runtime
# and the processor, because sam tells neither. sam's cache does not see a change of this file: build once --no-cached.

PLATFORM := $(notdir $(patsubst %/,%,$(dir $(firstword $(MAKEFILE_LIST)))))
PYTHON := $(firstword $(subst -, ,$(PLATFORM)))
MACHINE := $(patsubst arm64,aarch64,$(lastword $(subst -, ,$(PLATFORM))))
LAYER := $(ARTIFACTS_DIR)/python

# Packages are those that Lambda can run, whatever this machine can.
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --no-compile \
  --only-binary=:all: --platform manylinux2014_$(MACHINE) --python-version $(PYTHON:python%=%) --target

# The hash of its source is in each compiled file, and is not compared with it when the function starts (PEP 552).
COMPILE := $(PYTHON) -m compileall -q --invalidation-mode unchecked-hash -s "$(ARTIFACTS_DIR)" -p /opt

build-%:
	@$(PYTHON) -c "" || { echo "The layers need $(PYTHON) on PATH, the runtime that they are built for." >&2; exit 1; }
	@mkdir -p "$(LAYER)"
	@if [ -f requirements.txt ]; then $(PIP) "$(LAYER)" --requirement requirements.txt; else cp -R . "$(LAYER)"; fi
	@if [ -f unused.txt ]; then cd "$(LAYER)" && rm -r $$(grep -v '^#' "$(CURDIR)/unused.txt"); fi
	@find "$(LAYER)" -name __pycache__ -prune -exec rm -r {} +
	@$(COMPILE) "$(LAYER)"
