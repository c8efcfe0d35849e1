// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.router.Statement.TableReference.Role;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.IdentifierReferenceContext;

/** What a statement does with the object that a name in it stands for. */
final class TableRoles {
  /** Statements whose name is that of a namespace or a function. */
  private static final Set<Class<? extends ParseTree>> NO_TABLES =
      Set.of(
          SqlBaseParser.UseContext.class,
          SqlBaseParser.UseNamespaceContext.class,
          SqlBaseParser.CreateNamespaceContext.class,
          SqlBaseParser.SetNamespacePropertiesContext.class,
          SqlBaseParser.SetNamespaceLocationContext.class,
          SqlBaseParser.DropNamespaceContext.class,
          SqlBaseParser.DescribeNamespaceContext.class,
          SqlBaseParser.CommentNamespaceContext.class,
          SqlBaseParser.ShowTablesContext.class,
          SqlBaseParser.ShowTableExtendedContext.class,
          SqlBaseParser.ShowViewsContext.class,
          SqlBaseParser.ShowFunctionsContext.class,
          SqlBaseParser.AnalyzeTablesContext.class,
          SqlBaseParser.CreateFunctionContext.class,
          SqlBaseParser.DropFunctionContext.class,
          SqlBaseParser.RefreshFunctionContext.class,
          SqlBaseParser.DescribeFuncNameContext.class);

  private static final Set<Class<? extends ParseTree>> DESCRIBES =
      Set.of(
          SqlBaseParser.TableContext.class,
          SqlBaseParser.FunctionTableSubqueryArgumentContext.class,
          SqlBaseParser.ShowTblPropertiesContext.class,
          SqlBaseParser.ShowColumnsContext.class,
          SqlBaseParser.ShowPartitionsContext.class,
          SqlBaseParser.ShowCreateTableContext.class,
          SqlBaseParser.DescribeRelationContext.class,
          SqlBaseParser.RefreshTableContext.class,
          SqlBaseParser.UncacheTableContext.class);

  private static final Set<Class<? extends ParseTree>> WRITES =
      Set.of(
          SqlBaseParser.InsertOverwriteTableContext.class,
          SqlBaseParser.InsertIntoTableContext.class,
          SqlBaseParser.InsertIntoReplaceWhereContext.class,
          SqlBaseParser.DeleteFromTableContext.class,
          SqlBaseParser.UpdateTableContext.class,
          SqlBaseParser.LoadDataContext.class,
          SqlBaseParser.TruncateTableContext.class);

  private TableRoles() {}

  /** The role, or empty where no table or view is named. What is not known here defines. */
  static Optional<Role> role(IdentifierReferenceContext context) {
    ParseTree parent = context.getParent();
    if (NO_TABLES.contains(parent.getClass())) {
      return Optional.empty();
    }
    if (parent instanceof SqlBaseParser.TableNameContext) {
      return Optional.of(Role.READ);
    }
    if (DESCRIBES.contains(parent.getClass())) {
      return Optional.of(Role.DESCRIBE);
    }
    if (WRITES.contains(parent.getClass())) {
      return Optional.of(Role.WRITE);
    }
    return Optional.of(special(context, parent));
  }

  private static Role special(IdentifierReferenceContext context, ParseTree parent) {
    if (parent instanceof SqlBaseParser.MergeIntoTableContext merge) {
      return merge.target == context ? Role.WRITE : Role.READ;
    }
    if (parent instanceof SqlBaseParser.CacheTableContext cache) {
      return cache.query() == null ? Role.DESCRIBE : Role.DEFINE;
    }
    boolean asSelect =
        parent.getParent() instanceof SqlBaseParser.CreateTableContext create
                && create.query() != null
            || parent.getParent() instanceof SqlBaseParser.ReplaceTableContext replace
                && replace.query() != null;
    return asSelect ? Role.WRITE : Role.DEFINE;
  }

  /**
   * Whether queries under the node are kept as a view's body, which is followed each time the view
   * is read. A global temporary view is not: only Spark reads it, by what it was made of.
   */
  static boolean makesView(ParseTree node) {
    return node instanceof SqlBaseParser.CreateViewContext view && view.GLOBAL() == null
        || node instanceof SqlBaseParser.AlterViewQueryContext;
  }
}
