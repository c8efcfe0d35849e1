-- SPDX-License-Identifier: Apache-2.0
-- Read by H2 and PostgreSQL alike.

-- engine=code=sqlstate=message, in order; NULL in rows that are older than this column.
ALTER TABLE kitsune_history.statement ADD COLUMN failed_attempts VARCHAR(600) ARRAY;
