# Recipes of a few lines; what needs logic is a subcommand of the program.
.PHONY: run test lint fmt
INDEX ?= index
LISTEN ?= 127.0.0.1:8080

# Build, index the sample, serve; the server prints its address.
run:
	cargo build --release
	./target/release/nabij index data/sample/offerings.jsonl --out $(INDEX)
	./target/release/nabij serve --index $(INDEX) --listen $(LISTEN)

# Everything that is tested: format, lints, unit, property, end-to-end and documentation tests.
test: lint
	cargo test --workspace --no-fail-fast

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

fmt:
	cargo fmt --all
