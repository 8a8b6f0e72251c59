#!/usr/bin/env bash
# Writes the lock files anew: the newest versions pyproject.toml allows, each with its hashes.
# One lock serves every Python from 3.11 on and every processor a wheel exists for.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=${1:?usage: tools/lock.sh UV}

compile() {
    local name=$1
    shift
    "$uv" pip compile "$@" --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
        --output-file "requirements/$name.txt"
}

compile dev pyproject.toml --group dev
compile run pyproject.toml --constraint requirements/dev.txt
compile lock --group lock
