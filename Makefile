# Recipes of a few lines; what needs logic is a subcommand of the program.
.PHONY: run web test otel lint browser measure screenshots bench bench-coverage bench-peers bench-profiles fmt papers deb container sbom deny alerts swaps replicas fuzz fuzz-coverage crash faults memcheck sanitize container-from-debian soak
INDEX ?= index
LISTEN ?= 127.0.0.1:8080
SIZE ?= 1000000
# Instructions of 2013 and later (AVX2, POPCNT): counting and testing edges are written for them. Set TUNED= for an older processor.
TUNED ?= $(if $(filter x86_64,$(shell uname -m)),RUSTFLAGS="-C target-cpu=x86-64-v3")

# Build, index the sample, serve; the server prints its address.
run:
	$(TUNED) cargo build --release
	./target/release/nabij index data/sample/offerings.jsonl --out $(INDEX)
	./target/release/nabij serve --index $(INDEX) --listen $(LISTEN)

# The scripts of the pages, which the next cargo build embeds. Without them every page still works.
web:
	web/prepare
	cd web && npm run --silent build

# Everything that is tested: format, lints, unit, property, end-to-end, documentation and browser tests.
test: web lint
	cargo test --workspace --no-fail-fast
	$(MAKE) --no-print-directory otel
	$(MAKE) --no-print-directory browser

lint: web
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo clippy --workspace --all-targets --features otel -- -D warnings
	cd web && npm run --silent lint

# What is only there with the feature `otel`; the server and the command are built once more for it.
otel:
	cargo test --workspace --features otel --test end_to_end traces

# The scripts alone, and every page in Chromium against the real server. All targets, so that nothing is built twice.
browser: web
	cargo build --workspace --all-targets
	cd web && npm run --silent unit && npm run --silent browser

# Sizes and times of the pages, in Chromium and over HTTP.
measure: web
	$(TUNED) cargo build --release
	cd web && NABIJ=../target/release/nabij npm run --silent measure

# Pictures of the main pages, into docs/images.
screenshots: web
	cargo build --workspace --all-targets
	cd web && npm run --silent screenshots

# The classes of queries in process, without and with facets, the criterion benches (queries, the gate), and the reading of sources.
bench:
	$(TUNED) cargo bench --bench classes -- --sizes 100000,1000000
	$(TUNED) cargo bench --bench searching
	$(TUNED) cargo bench --bench gate
	$(TUNED) cargo bench --bench understanding -- --sizes 100000,1000000
	$(TUNED) cargo bench --bench reading -- --sizes 100000,1000000

# Coverage from all postcodes and from streets, beside the naive ways.
bench-coverage:
	$(TUNED) cargo bench --bench coverage -- --sizes 100000,$(SIZE)

# Beside Lucene, PostGIS and SQLite, if ../shared/bench is there.
bench-peers:
	$(TUNED) benches/peers.py --size $(SIZE)

# A server with many profiles: how soon it answers, and its memory. INDEX is one that is there.
bench-profiles:
	$(TUNED) cargo build --release
	benches/profiles.py --index $(INDEX)

# The manual and the completions, which the program says of itself.
papers: target/release/nabij
	./target/release/nabij man target/papers/man
	./target/release/nabij completions bash > target/papers/nabij.bash
	./target/release/nabij completions zsh > target/papers/_nabij
	./target/release/nabij completions fish > target/papers/nabij.fish

target/release/nabij:
	$(TUNED) cargo build --release

# A Debian package in target/debian; wants `cargo install cargo-deb`. Built for processors of 2013 and later: TUNED= for older.
deb: web
	$(TUNED) cargo build --release
	$(MAKE) --no-print-directory papers
	cargo deb --no-build

# An image without a shell; wants podman and the two base images.
container:
	podman build -f deploy/Containerfile -t nabij .

# The same where no registry of images is at hand: on images made of Debian's packages. Then tried: index, serve, ask.
container-from-debian:
	deploy/container-from-debian

# What is in the program, as CycloneDX; wants `cargo install cargo-cyclonedx`.
sbom:
	cargo cyclonedx --format json --override-filename nabij.cdx
	@mkdir -p target/papers && mv nabij.cdx.json target/papers/ && find . -name nabij.cdx.json -not -path './target/*' -delete

# Licences, bans and sources; wants `cargo install cargo-deny`.
deny:
	cargo deny check licenses bans sources

# The rules for alerts, and what they say to a few courses of events, by promtool (Debian package `prometheus`).
alerts:
	promtool check rules deploy/alerts.yml
	promtool test rules tests/alerts.yml

# A hundred swaps under load: what is lost, and what it costs those who ask.
swaps:
	$(TUNED) cargo build --release
	tests/replicas/swaps

# Three replicas behind HAProxy (Debian package haproxy) and moto's S3 server (from PyPI): publish, kill, take the storage
# away, under load.
replicas:
	$(TUNED) cargo build --release
	test -x target/moto/bin/moto_server || (python3 -m venv target/moto && target/moto/bin/pip install --quiet 'moto[s3,server]==5.2.5')
	MOTO=target/moto/bin/moto_server tests/replicas/run

fmt:
	cargo fmt --all

# Changed input to every reader, and changed bytes in every file of an index: two minutes a target, or SECONDS=….
fuzz:
	FUZZ_SECONDS=$(or $(SECONDS),120) cargo test --test end_to_end fuzz -- --nocapture
	FLIPS=$(or $(FLIPS),20000) cargo test -p nabij-engine --test engine damage -- --nocapture

# The same targets under libFuzzer and AddressSanitizer, on the stable compiler: a minute a target, or SECONDS=…; all of
# them, or TARGETS="index_files xlsx". Debian: g++.
fuzz-coverage:
	SECONDS_EACH=$(or $(SECONDS),60) fuzz/run $(TARGETS)

# kill -9 at every call of `nabij index` that changes a file; at random moments it is in the tests.
crash:
	cargo build --release
	tests/faults/strike kill

# Every such call made to fail, memory limited by a control group (as root).
faults:
	cargo build --release
	tests/faults/strike EIO
	tests/faults/strike ENOSPC --lasts
	tests/faults/strike EMFILE --lasts
	tests/faults/memory

# Memory errors in the engine and in what it reads the index with. Debian: valgrind.
memcheck:
	tests/faults/memcheck $(ARGS)

# All tests of the engine, and of what it stands on and what feeds it, under AddressSanitizer, on the stable compiler.
sanitize:
	tests/faults/sanitize $(ARGS)

# A server under load and swaps: memory, descriptors, mapped generations. MINUTES=30.
soak:
	$(TUNED) cargo build --release
	tests/soak/run $(or $(MINUTES),30)
