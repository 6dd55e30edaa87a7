#!/bin/sh
# Makes the packages of the last commit into dist/. It works in a clone, so
# that nothing uncommitted gets in and the same commit gives the same bytes.
# Needs Go and git; the tools are fetched in the versions named here.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
GOBIN="$work/tools" go install github.com/goreleaser/goreleaser/v2@v2.15.1
GOBIN="$work/tools" go install github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0
git clone -q . "$work/src"
(cd "$work/src" && PATH="$work/tools:$PATH" goreleaser release -f packaging/goreleaser.yaml --snapshot)
rm -rf dist && mkdir dist
find "$work/src/dist" -maxdepth 1 -type f -name 'classtop*_*' -o -name SHA256SUMS | while read -r file; do mv "$file" dist/; done
ls -l dist
