// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.IdentifierReferenceContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.TableAliasContext;

/** Where an alias may be written for a table that has none. */
final class AliasPlace {
  private AliasPlace() {}

  /** The offset, or -1 where there is an alias or none may stand. */
  static int of(IdentifierReferenceContext context) {
    ParserRuleContext parent = context.getParent();
    if (parent instanceof SqlBaseParser.TableNameContext table) {
      return table(table);
    }
    if (parent instanceof SqlBaseParser.DeleteFromTableContext delete) {
      return after(context, delete.tableAlias());
    }
    if (parent instanceof SqlBaseParser.UpdateTableContext update) {
      return after(context, update.tableAlias());
    }
    if (parent instanceof SqlBaseParser.MergeIntoTableContext merge) {
      return after(context, merge.target == context ? merge.targetAlias : merge.sourceAlias);
    }
    return -1;
  }

  private static int table(SqlBaseParser.TableNameContext table) {
    ParserRuleContext last = table.identifierReference();
    if (table.temporalClause() != null) {
      last = table.temporalClause();
    }
    if (table.sample() != null) {
      last = table.sample();
    }
    return after(last, table.tableAlias());
  }

  private static int after(ParserRuleContext last, TableAliasContext alias) {
    return alias.strictIdentifier() == null ? last.getStop().getStopIndex() + 1 : -1;
  }
}
