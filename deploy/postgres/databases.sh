#!/bin/sh
# The roles and databases of Temporal and of the register. Each role owns its own databases and can connect to no other.
# May run again at any time: it makes what is missing and sets the passwords from the secrets.
# SECRETS is the folder of secret files; PG* variables of PostgreSQL say where the server is.
set -eu
SECRETS="${SECRETS:-/run/secrets}"
TEMPORAL_DB_PASSWORD="$(cat "$SECRETS/temporal_db_password")"
REGISTER_DB_PASSWORD="$(cat "$SECRETS/register_db_password")"
export TEMPORAL_DB_PASSWORD REGISTER_DB_PASSWORD

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
-- Passwords come by the environment: arguments can be seen by every process of the machine.
\getenv temporal_password TEMPORAL_DB_PASSWORD
\getenv register_password REGISTER_DB_PASSWORD

SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION', name)
  FROM unnest(ARRAY['temporal', 'leadtime']) AS name
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

SET log_statement = 'none';
ALTER ROLE temporal PASSWORD :'temporal_password';
ALTER ROLE leadtime PASSWORD :'register_password';

SELECT format('CREATE DATABASE %I OWNER %I ENCODING ''UTF8'' TEMPLATE template0', name, owner)
  FROM (VALUES ('temporal', 'temporal'), ('temporal_visibility', 'temporal'), ('leadtime', 'leadtime')) AS wanted (name, owner)
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name) \gexec

REVOKE ALL ON DATABASE temporal, temporal_visibility, leadtime, postgres, template1 FROM PUBLIC;
SQL
