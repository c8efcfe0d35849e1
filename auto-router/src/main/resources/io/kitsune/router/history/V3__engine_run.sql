-- SPDX-License-Identifier: Apache-2.0
-- Read by H2 and PostgreSQL alike.

-- How long a warm engine took to the first rows; NULL of a cold one, and in older rows.
ALTER TABLE kitsune_history.statement ADD COLUMN run_micros BIGINT;
-- Files that the scans would read; NULL where run_micros is.
ALTER TABLE kitsune_history.statement ADD COLUMN scan_files BIGINT;
