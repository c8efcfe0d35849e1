// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink.child;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogPropertiesUtil;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedCatalogView;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.expressions.DefaultSqlFactory;

/**
 * Tables and views kept in a folder, one file for each in a folder for each database, so that every
 * session sees the same ones and they are there after a restart. Nothing is held in memory. Flink's
 * own in-memory catalog, from which what is not a table is inherited, lives and ends with one
 * session.
 */
public final class FolderCatalog extends GenericInMemoryCatalog {
  private static final String SUFFIX = ".properties";
  private static final String ORIGINAL_QUERY = "kitsune.view.original-query";
  private static final String EXPANDED_QUERY = "kitsune.view.expanded-query";
  private static final String COMMENT = "kitsune.view.comment";
  private static final String OPTION = "kitsune.view.option.";

  private final Path folder;

  FolderCatalog(String name, Path folder) {
    super(name, DEFAULT_DB);
    this.folder = folder;
  }

  @Override
  public void open() throws CatalogException {
    write(() -> Files.createDirectories(database(DEFAULT_DB)));
  }

  @Override
  public List<String> listDatabases() {
    return names(folder, "");
  }

  @Override
  public boolean databaseExists(String name) {
    return Files.isDirectory(database(name));
  }

  @Override
  public CatalogDatabase getDatabase(String name) throws DatabaseNotExistException {
    requireDatabase(name);
    return new CatalogDatabaseImpl(Map.of(), "");
  }

  @Override
  public void createDatabase(String name, CatalogDatabase database, boolean ignoreIfExists)
      throws DatabaseAlreadyExistException {
    if (databaseExists(name)) {
      if (!ignoreIfExists) {
        throw new DatabaseAlreadyExistException(getName(), name);
      }
      return;
    }
    write(() -> Files.createDirectories(database(name)));
  }

  @Override
  public void alterDatabase(String name, CatalogDatabase database, boolean ignoreIfNotExists) {
    throw new CatalogException(
        "Databases of the catalog " + getName() + " have no properties to alter");
  }

  @Override
  public void dropDatabase(String name, boolean ignoreIfNotExists, boolean cascade)
      throws DatabaseNotExistException, DatabaseNotEmptyException {
    if (!databaseExists(name)) {
      if (!ignoreIfNotExists) {
        throw new DatabaseNotExistException(getName(), name);
      }
      return;
    }
    List<String> tables = names(database(name), SUFFIX);
    if (!tables.isEmpty() && !cascade) {
      throw new DatabaseNotEmptyException(getName(), name);
    }
    for (String table : tables) {
      write(() -> Files.deleteIfExists(file(new ObjectPath(name, table))));
    }
    write(() -> Files.deleteIfExists(database(name)));
  }

  @Override
  public List<String> listTables(String database) throws DatabaseNotExistException {
    requireDatabase(database);
    return names(database(database), SUFFIX);
  }

  @Override
  public List<String> listViews(String database) throws DatabaseNotExistException {
    return listTables(database).stream()
        .filter(name -> load(new ObjectPath(database, name)).containsKey(EXPANDED_QUERY))
        .toList();
  }

  @Override
  public boolean tableExists(ObjectPath path) {
    return Files.exists(file(path));
  }

  @Override
  public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
    if (!tableExists(path)) {
      throw new TableNotExistException(getName(), path);
    }
    Map<String, String> stored = load(path);
    if (!stored.containsKey(EXPANDED_QUERY)) {
      return CatalogTable.fromProperties(stored);
    }
    Map<String, String> options = new HashMap<>();
    Map<String, String> schema = new HashMap<>();
    stored.forEach(
        (key, value) -> {
          if (key.startsWith(OPTION)) {
            options.put(key.substring(OPTION.length()), value);
          } else {
            schema.put(key, value);
          }
        });
    return CatalogView.of(
        CatalogPropertiesUtil.deserializeCatalogTable(schema).getUnresolvedSchema(),
        stored.get(COMMENT),
        stored.get(ORIGINAL_QUERY),
        stored.get(EXPANDED_QUERY),
        options);
  }

  @Override
  public void createTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
      throws TableAlreadyExistException, DatabaseNotExistException {
    requireDatabase(path.getDatabaseName());
    if (tableExists(path)) {
      if (!ignoreIfExists) {
        throw new TableAlreadyExistException(getName(), path);
      }
      return;
    }
    store(path, table);
  }

  @Override
  public void alterTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfNotExists)
      throws TableNotExistException {
    if (tableExists(path)) {
      store(path, table);
    } else if (!ignoreIfNotExists) {
      throw new TableNotExistException(getName(), path);
    }
  }

  @Override
  public void renameTable(ObjectPath path, String newName, boolean ignoreIfNotExists)
      throws TableNotExistException, TableAlreadyExistException {
    ObjectPath target = new ObjectPath(path.getDatabaseName(), newName);
    if (!tableExists(path)) {
      if (!ignoreIfNotExists) {
        throw new TableNotExistException(getName(), path);
      }
      return;
    } else if (tableExists(target)) {
      throw new TableAlreadyExistException(getName(), target);
    }
    write(() -> Files.move(file(path), file(target), StandardCopyOption.ATOMIC_MOVE));
  }

  @Override
  public void dropTable(ObjectPath path, boolean ignoreIfNotExists) throws TableNotExistException {
    if (!tableExists(path) && !ignoreIfNotExists) {
      throw new TableNotExistException(getName(), path);
    }
    write(() -> Files.deleteIfExists(file(path)));
  }

  @Override
  public void createFunction(ObjectPath path, CatalogFunction function, boolean ignoreIfExists) {
    throw new CatalogException(
        "The catalog "
            + getName()
            + " keeps tables and views only; write CREATE TEMPORARY FUNCTION instead");
  }

  private void requireDatabase(String name) throws DatabaseNotExistException {
    if (!databaseExists(name)) {
      throw new DatabaseNotExistException(getName(), name);
    }
  }

  private void store(ObjectPath path, CatalogBaseTable table) {
    Properties properties = new Properties();
    properties.putAll(stored(table));
    write(
        () -> {
          Path file = file(path);
          Path aside = Files.createTempFile(file.getParent(), "new", ".part");
          try (Writer writer = Files.newBufferedWriter(aside)) {
            properties.store(writer, null);
          }
          return Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        });
  }

  private static Map<String, String> stored(CatalogBaseTable table) {
    if (table instanceof ResolvedCatalogTable) {
      return ((ResolvedCatalogTable) table).toProperties(DefaultSqlFactory.INSTANCE);
    } else if (table instanceof ResolvedCatalogView) {
      ResolvedCatalogView view = (ResolvedCatalogView) table;
      Map<String, String> stored =
          new TreeMap<>(
              CatalogPropertiesUtil.serializeCatalogView(view, DefaultSqlFactory.INSTANCE));
      view.getOptions().keySet().forEach(stored::remove);
      view.getOptions().forEach((key, value) -> stored.put(OPTION + key, value));
      stored.put(ORIGINAL_QUERY, view.getOriginalQuery());
      stored.put(EXPANDED_QUERY, view.getExpandedQuery());
      stored.put(COMMENT, view.getComment() == null ? "" : view.getComment());
      return stored;
    }
    throw new CatalogException("Only tables and views are kept, not " + table.getTableKind());
  }

  private Map<String, String> load(ObjectPath path) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file(path))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new CatalogException("The definition of " + path + " can't be read", e);
    }
    Map<String, String> stored = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> stored.put(key, properties.getProperty(key)));
    return stored;
  }

  private Path database(String name) {
    return folder.resolve(encoded(name));
  }

  private Path file(ObjectPath path) {
    return database(path.getDatabaseName()).resolve(encoded(path.getObjectName()) + SUFFIX);
  }

  /** A name that is one step of a path, whatever characters it has. */
  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace(".", "%2E");
  }

  private static List<String> names(Path folder, String suffix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(suffix))
          .map(name -> name.substring(0, name.length() - suffix.length()))
          .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new CatalogException("The folder " + folder + " can't be read", e);
    }
  }

  private void write(java.util.concurrent.Callable<?> change) {
    try {
      change.call();
    } catch (Exception e) {
      throw new CatalogException("The folder " + folder + " can't be written: " + e, e);
    }
  }
}
