-- SPDX-License-Identifier: Apache-2.0
-- Read by H2 and PostgreSQL alike.

-- One row. Every change adds one to it first, so that changes follow each other and never overlap;
-- a gateway compares it with the number of its own copy.
CREATE TABLE kitsune.revision (
  single BOOLEAN PRIMARY KEY CHECK (single),
  number BIGINT NOT NULL
);
INSERT INTO kitsune.revision VALUES (TRUE, 0);

CREATE TABLE kitsune.redirection (
  source_key VARCHAR(600) PRIMARY KEY,
  source_catalog VARCHAR(600) NOT NULL,
  source_namespace VARCHAR(600) ARRAY NOT NULL,
  source_table VARCHAR(600) NOT NULL,
  target_key VARCHAR(600) NOT NULL UNIQUE,
  target_catalog VARCHAR(600) NOT NULL,
  target_namespace VARCHAR(600) ARRAY NOT NULL,
  target_table VARCHAR(600) NOT NULL,
  phase VARCHAR(20) NOT NULL,
  changed TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  -- The revision that last touched the row: never the same for two states of it.
  version BIGINT NOT NULL
);

-- What happened, also to redirections that are gone. revision orders it.
CREATE TABLE kitsune.redirection_change (
  revision BIGINT PRIMARY KEY,
  source_key VARCHAR(600) NOT NULL,
  kind VARCHAR(10) NOT NULL CHECK (kind IN ('added', 'moved', 'removed')),
  target_catalog VARCHAR(600) NOT NULL,
  target_namespace VARCHAR(600) ARRAY NOT NULL,
  target_table VARCHAR(600) NOT NULL,
  from_phase VARCHAR(20),
  to_phase VARCHAR(20),
  changed_by VARCHAR(256) NOT NULL,
  changed TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX redirection_change_source ON kitsune.redirection_change (source_key);
