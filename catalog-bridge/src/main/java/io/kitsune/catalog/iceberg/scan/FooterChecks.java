// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.files.FolderContent.ListedFile;
import io.kitsune.catalog.files.Footer;
import io.kitsune.catalog.files.ParquetFooter;
import io.kitsune.catalog.files.ParquetFooters;
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
  private final ParquetFooters footers;
  private final ExecutorService executor;
  private final Duration limit;

  /**
   * @param limit how long one plan may wait for footers that are not kept yet
   */
  FooterChecks(ParquetFooters footers, ExecutorService executor, Duration limit) {
    this.footers = requireNonNull(footers, "footers");
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
                .forEach(found -> hazards.addOfFile(found, file.location())));
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
      footers
          .kept(listed(file))
          .ifPresentOrElse(
              footer -> schemas.put(file, FileSchema.of(footer)), () -> unread.add(file));
    }
    if (!unread.isEmpty()) {
      read(unread, schemas, hazards);
    }
    return schemas;
  }

  /** Iceberg's files never change, so their time of change does not matter. */
  private static ListedFile listed(PlannedFile file) {
    return new ListedFile(file.localPath().orElseThrow(), file.bytes(), 0);
  }

  private void read(
      List<PlannedFile> unread, Map<PlannedFile, FileSchema> schemas, Hazards hazards) {
    List<Callable<Footer>> reads = new ArrayList<>();
    unread.forEach(file -> reads.add(() -> footers.read(listed(file))));
    List<Future<Footer>> futures;
    try {
      futures = executor.invokeAll(reads, limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
    for (int i = 0; i < unread.size(); i++) {
      String location = unread.get(i).location();
      try {
        Footer footer = futures.get(i).get();
        if (footer instanceof ParquetFooter parquet) {
          schemas.put(unread.get(i), FileSchema.of(parquet));
        } else if (footer instanceof Footer.Unreadable unreadable) {
          hazards.addOfFile(
              Kind.OTHER, "footer not readable (%s)".formatted(unreadable.reason()), location);
        }
      } catch (CancellationException e) {
        hazards.addOfFile(
            Kind.OTHER, "footer not read within %d ms".formatted(limit.toMillis()), location);
      } catch (ExecutionException e) {
        throw new IllegalStateException("reading the footer of " + location, e.getCause());
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
