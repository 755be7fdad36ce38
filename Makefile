# Two commands are all that a fresh Debian machine with a Rust toolchain needs: `make up` and `make test`.
# Everything below runs as root where it touches the kernel; `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

BIN     := target/release/sampan
SUDO    := $(if $(filter 0,$(shell id -u)),,sudo)
SHARED  := ../shared
NEXTEST := cargo nextest run --profile ci --no-fail-fast
PART    := scripts/part

# What the build needs (BUILD_PACKAGES), and what the tests and the guestbook's images need beside it (TEST_PACKAGES).
BUILD_PACKAGES := gcc libc6-dev clang lld libseccomp-dev linux-libc-dev pkg-config
TEST_PACKAGES  := busybox-static curl docker-registry iproute2 mmdebstrap nftables procps python3 python3-venv python3-yaml skopeo umoci util-linux

.PHONY: help
help: ## Lists the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

.PHONY: up
up: build ## Builds in release mode and starts a one-node cluster in the foreground
	@exec $(SUDO) $(BIN) up

.PHONY: build
build: build-packages ## Builds the release binary
	scripts/static cargo build --release --package sampan

.PHONY: build-packages
build-packages:
	@scripts/packages $(BUILD_PACKAGES)

.PHONY: test-packages
test-packages: build-packages
	@scripts/packages $(TEST_PACKAGES)
	@command -v kubectl >/dev/null || scripts/packages kubernetes-client
	@command -v npm >/dev/null || scripts/packages nodejs npm
	@cargo nextest --version >/dev/null 2>&1 || cargo install --locked cargo-nextest

.PHONY: images
images: test-packages ## Builds the guestbook's images and pushes them to a registry on 127.0.0.1:5000
	@scripts/registry-up
	examples/guestbook/images/build 127.0.0.1:5000

.PHONY: test
test: ## Everything: lints, unit, simulation, privileged, real clients
	@$(PART) tools 8 make test-packages clients-tools
	@$(PART) lint 15 make lint
	@$(PART) unit 22 make unit
	@$(PART) release 22 make build
	@$(PART) cluster 12 make cluster
	@$(PART) clients 5 make clients
	@$(PART) golden 4 make golden
	@$(PART) fuzz 20 env FUZZ_SEED=1 make fuzz

.PHONY: lint
lint: ## rustfmt, clippy, the rules of the house
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

.PHONY: unit
unit: ## Unit, property, integration and privileged tests, and the simulation
	$(NEXTEST) --workspace --exclude cluster --exclude clients

.PHONY: cluster
cluster: ## A real cluster with real containers, driven by kubectl
	$(NEXTEST) --package cluster

.PHONY: fuzz
fuzz: build-packages ## Searches each decoder of foreign bytes for a minute, two at a time (FUZZ_SECONDS, FUZZ_TARGETS)
	@scripts/fuzz $(FUZZ_TARGETS)

.PHONY: clients-tools
clients-tools: test-packages ## Fetches the client libraries, Helm and the newest kubectl for `make clients`
	@scripts/clients

.PHONY: clients
clients: ## The clients that people come with, against a real cluster: kubectl, Helm, Python, Rust, JavaScript
	$(NEXTEST) --package clients

.PHONY: golden
golden: ## Holds a running server against upstream's recorded answers, where they are at hand
	@scripts/golden $(SHARED)

.PHONY: perf
perf: build ## Measures this machine: start, memory, idle cost, requests per second; pods too where PERF_IMAGE names an image
	@scripts/perf $(BIN) $(PERF_IMAGE)
