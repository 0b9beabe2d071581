#!/bin/bash
# Runs once, when the cluster is new: a database for each service, its owner, who changes the
# schema, and its service role, who works with the data and can change nothing about the schema.
set -euo pipefail

# database <stem>: the passwords are in <STEM>_OWNER_PASSWORD and <STEM>_SERVICE_PASSWORD. psql reads
# them from the environment itself: a command line can be read by others.
database() {
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 \
    --username "$POSTGRES_USER" --dbname postgres \
    --set db="$1_db" --set owner="$1_owner" --set service="$1_service" \
    --set owner_variable="${1^^}_OWNER_PASSWORD" \
    --set service_variable="${1^^}_SERVICE_PASSWORD" <<'SQL'
\getenv owner_password :owner_variable
\getenv service_password :service_variable
CREATE ROLE :"owner" LOGIN PASSWORD :'owner_password';
CREATE ROLE :"service" LOGIN PASSWORD :'service_password';
CREATE DATABASE :"db" OWNER :"owner";
REVOKE ALL ON DATABASE :"db" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"db" TO :"service";
SQL
}

# The health check waits for sessions_db: it must stay the last.
for stem in auth cases artifacts knowledge sessions; do
  database "$stem"
done
