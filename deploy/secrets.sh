#!/bin/sh
# Passwords of the cluster, made once: sh deploy/secrets.sh [folder]
# A file that is there is left alone, so it may be run again. Nobody but you can read them.
set -eu
folder=${1:-$(dirname "$0")/secrets}
umask 077
mkdir -p "$folder"
for name in store-admin store-ops store-ceasewatch; do
  [ -s "$folder/$name" ] || openssl rand -hex 24 | tr -d '\n' > "$folder/$name"
done
# What a node is told: the three servers, the one user that it needs, and whom to believe.
[ -s "$folder/eventstore-url" ] || printf \
  'esdb://ceasewatch:%s@store-a:2113,store-b:2113,store-c:2113?tlsCAFile=/certificates/ca/ca.crt' \
  "$(cat "$folder/store-ceasewatch")" > "$folder/eventstore-url"
# The containers run as users of their own and read them where compose mounts them; the folder is yours.
chmod 0444 "$folder"/*
chmod 0700 "$folder"
