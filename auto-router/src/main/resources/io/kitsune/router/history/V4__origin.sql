-- SPDX-License-Identifier: Apache-2.0
-- Read by H2 and PostgreSQL alike.

-- Who logged in, and from where; NULL in older rows.
ALTER TABLE kitsune_history.statement ADD COLUMN real_user VARCHAR(256);
ALTER TABLE kitsune_history.statement ADD COLUMN address VARCHAR(64);
