#!/bin/sh
# Writes the completions and the manual page of this source into
# packaging/extras, with the date given (that of the commit, RFC 3339), so
# that the same commit makes the same files.
set -eu
date=$(echo "$1" | cut -c1-10)
cd "$(dirname "$0")"
rm -rf extras
mkdir -p extras/completions extras/man
go build -trimpath -o extras/classtop ..
extras/classtop completion bash >extras/completions/classtop.bash
extras/classtop completion zsh >extras/completions/_classtop
extras/classtop completion fish >extras/completions/classtop.fish
extras/classtop completion powershell >extras/completions/classtop.ps1
extras/classtop man | sed "1s/\"[0-9-]*\"/\"$date\"/" | gzip -9n >extras/man/classtop.1.gz
rm extras/classtop
