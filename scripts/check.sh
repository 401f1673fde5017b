#!/bin/sh
# Lint beside type check and build: each uses one core. Fails when one of them fails, after all have said what they found.
npm run --silent lint &
lint=$!
npm run --silent typecheck && npm run --silent build
built=$?
wait "$lint" && exit "$built"
