#!/bin/sh
# Starts the Temporal server with production.yaml beside this file, and the database's password from its secret.
# SERVER: the server's executable, where it is not that of the server image. CONFIG: folder of production.yaml.
set -eu
TEMPORAL_DB_PASSWORD="$(cat "${SECRETS:-/run/secrets}/temporal_db_password")"
# The services of the server find each other under this address, so it cannot be 0.0.0.0.
BIND_ON_IP="${BIND_ON_IP:-$(getent hosts "$(hostname)" | awk '{ print $1; exit }')}"
export TEMPORAL_DB_PASSWORD BIND_ON_IP

# No authorizer: whoever reaches the port may do everything, so the port is for the backend network alone.
exec "${SERVER:-temporal-server}" --root / --config "${CONFIG:-/etc/leadtime/temporal}" --env production --allow-no-auth start
