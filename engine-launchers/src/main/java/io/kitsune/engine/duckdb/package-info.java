// SPDX-License-Identifier: Apache-2.0
/**
 * DuckDB inside the gateway: one locked-down in-memory instance, a connection for each statement,
 * results streamed as Arrow batches. {@link io.kitsune.engine.duckdb.DuckDbLauncher} is the way in.
 *
 * <p>How a statement is kept to its files. {@code allowed_directories} is a setting of the whole
 * instance and grants writing as well as reading (with it, {@code COPY} and {@code ATTACH} succeed
 * inside the directories), and an instance for each set of files would need a memory limit, a
 * thread pool and a file cache of its own. So the instance is locked to the configured directories
 * with extensions, secrets and settings out of reach, and each text is read by DuckDB's own parser
 * before it runs: {@link io.kitsune.engine.duckdb.QueryCheck} lets through one SELECT that reads
 * nothing but {@code read_parquet} over files its dispatch names. That costs 0.1–0.2 ms for a text
 * not seen before (2–4 ms with a thousand files), nothing for one that was.
 */
package io.kitsune.engine.duckdb;
