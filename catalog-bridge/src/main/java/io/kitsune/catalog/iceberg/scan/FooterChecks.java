// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.scan.ReadHazard;
import io.kitsune.catalog.scan.ReadHazard.Kind;
import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Reads the footers of the files left after pruning, several at a time and for a limited time, and
 * finds what another reader than Iceberg's would get wrong. Thread-safe.
 */
final class FooterChecks {
  private final FooterReader reader;
  private final ExecutorService executor;
  private final Duration limit;

  /**
   * @param limit how long one plan may wait for footers that are not kept yet
   */
  FooterChecks(FooterReader reader, ExecutorService executor, Duration limit) {
    this.reader = requireNonNull(reader, "reader");
    this.executor = requireNonNull(executor, "executor");
    this.limit = requireNonNull(limit, "limit");
  }

  /**
   * Adds the hazards of some Parquet files of this machine.
   *
   * @param columns the top-level columns read
   * @param specs the table's partition specs by id
   */
  void check(
      List<PlannedFile> files,
      Collection<NestedField> columns,
      Map<Integer, PartitionSpec> specs,
      Hazards hazards) {
    Map<PlannedFile, FileSchema> schemas = schemas(files, hazards);
    // Most files share a schema: each is compared once.
    Map<Compared, List<ReadHazard>> compared = new HashMap<>();
    schemas.forEach(
        (file, schema) ->
            compared
                .computeIfAbsent(
                    new Compared(file.specId(), schema),
                    key ->
                        new FileSchemaCheck(columns, identitySources(specs.get(key.specId())))
                            .hazards(schema))
                .forEach(found -> hazards.add(found.kind(), found.detail(), file.location())));
  }

  private static Set<Integer> identitySources(PartitionSpec spec) {
    Set<Integer> sources = new HashSet<>();
    for (PartitionField field : spec.fields()) {
      if (field.transform().isIdentity()) {
        sources.add(field.sourceId());
      }
    }
    return sources;
  }

  private Map<PlannedFile, FileSchema> schemas(List<PlannedFile> files, Hazards hazards) {
    Map<PlannedFile, FileSchema> schemas = new HashMap<>();
    List<PlannedFile> unread = new ArrayList<>();
    for (PlannedFile file : files) {
      reader
          .kept(file.localPath().orElseThrow())
          .ifPresentOrElse(schema -> schemas.put(file, schema), () -> unread.add(file));
    }
    if (!unread.isEmpty()) {
      read(unread, schemas, hazards);
    }
    return schemas;
  }

  private void read(
      List<PlannedFile> unread, Map<PlannedFile, FileSchema> schemas, Hazards hazards) {
    List<Callable<FileSchema>> reads = new ArrayList<>();
    unread.forEach(file -> reads.add(() -> reader.read(file.localPath().orElseThrow())));
    List<Future<FileSchema>> futures;
    try {
      futures = executor.invokeAll(reads, limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
    for (int i = 0; i < unread.size(); i++) {
      try {
        schemas.put(unread.get(i), futures.get(i).get());
      } catch (CancellationException e) {
        hazards.add(
            Kind.OTHER,
            "footer not read within %d ms".formatted(limit.toMillis()),
            unread.get(i).location());
      } catch (ExecutionException e) {
        hazards.add(
            Kind.OTHER,
            "footer not readable (%s)".formatted(e.getCause()),
            unread.get(i).location());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw interrupted(e);
      }
    }
  }

  private static KitsuneException interrupted(InterruptedException e) {
    return new KitsuneException(
        "CATALOG_INTERRUPTED", "57014", "interrupted while footers were read", e);
  }

  private record Compared(int specId, FileSchema schema) {}
}
