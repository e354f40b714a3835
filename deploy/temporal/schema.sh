#!/bin/sh
# Brings Temporal's two databases to the schema of this server version. May run again at any time: it goes on from the
# version that the database says it has. Run it before a new server version starts.
# SQL_HOST, SQL_PORT: where PostgreSQL is. SECRETS: folder of secret files.
# SQL_TOOL, SCHEMA: Temporal's schema tool and schema, where they are not those of the admin-tools image.
set -eu
SQL_PASSWORD="$(cat "${SECRETS:-/run/secrets}/temporal_db_password")"
SQL_PLUGIN=postgres12
SQL_USER=temporal
export SQL_PASSWORD SQL_PLUGIN SQL_USER
tool="${SQL_TOOL:-temporal-sql-tool}"
schema="${SCHEMA:-/etc/temporal/schema/postgresql/v12}"

bring_up_to_date() { # database, folder of the schema
  "$tool" --database "$1" setup-schema --version 0.0
  "$tool" --database "$1" update-schema --schema-dir "$schema/$2/versioned"
}

bring_up_to_date temporal temporal
bring_up_to_date temporal_visibility visibility
