#!/bin/sh
# Writes the bill of materials to the file given, with the date given (that of
# the commit, RFC 3339), so that the same commit makes the same file.
set -eu
bill=$(cyclonedx-gomod app -json -licenses -noserial "$(dirname "$0")/..")
printf '%s\n' "$bill" | sed "s/^\( *\"timestamp\": \)\"[^\"]*\"/\1\"$2\"/" >"$1"
