// SPDX-License-Identifier: Apache-2.0
/**
 * From Spark SQL's text to a tree: {@code StatementReader} reads a statement with Spark's own
 * generated ANTLR parser and builds Calcite nodes. Nothing is resolved, typed or rewritten here;
 * the tree says what was written, and nobody changes it afterwards.
 *
 * <h2>How Spark's constructs appear as nodes</h2>
 *
 * <p>Every node's {@code SqlParserPos} spans exactly the text it was read from (lines and columns
 * count from 1, the end is inclusive, columns are UTF-16 units); {@link
 * io.kitsune.router.reading.SourceText} turns it into offsets. Parentheses leave no node.
 *
 * <table>
 * <caption>Queries</caption>
 * <tr><td>{@code SELECT}</td><td>{@code SqlSelect}; {@code isDistinct()}; {@code getHints()} are
 *     {@code SqlHint}s; ORDER BY and LIMIT are never inside it. A select item without an alias
 *     stays bare; {@code FROM t SELECT x} reads as {@code SELECT x FROM t}; a missing FROM is
 *     null</td></tr>
 * <tr><td>ORDER BY, LIMIT, OFFSET</td><td>{@code SqlOrderBy} around the query; no ORDER BY is an
 *     empty list. Sort items: a bare expression is ascending, {@code DESC(x)}, {@code
 *     NULLS_FIRST(x)}, {@code NULLS_LAST(DESC(x))}. Written without NULLS, Spark puts NULLs first
 *     when ascending and last when descending. {@code LIMIT ALL} is no limit</td></tr>
 * <tr><td>SORT BY, DISTRIBUTE BY, CLUSTER BY</td><td>{@link
 *     io.kitsune.router.reading.SparkOperators#SORT_BY} and its neighbours (query, list), inside
 *     the {@code SqlOrderBy} of a LIMIT</td></tr>
 * <tr><td>WITH</td><td>{@code SqlWith} of {@code SqlWithItem}s, around the {@code SqlOrderBy} of
 *     its body</td></tr>
 * <tr><td>UNION, INTERSECT, EXCEPT, MINUS [ALL]</td><td>the standard binary operators</td></tr>
 * <tr><td>VALUES</td><td>{@code VALUES(ROW(…), …)}; a row of one value is a ROW too</td></tr>
 * <tr><td>{@code TABLE t}</td><td>{@code EXPLICIT_TABLE(t)}</td></tr>
 * <tr><td>a table's name</td><td>{@code SqlIdentifier} with the position of each component; a
 *     quoted one says so ({@code isComponentQuoted}); names keep their case</td></tr>
 * <tr><td>VERSION / TIMESTAMP AS OF, TABLESAMPLE</td><td>{@link
 *     io.kitsune.router.reading.SparkOperators#VERSION_AS_OF}, {@code TIMESTAMP_AS_OF}, {@code
 *     TABLE_SAMPLE} around the name, inside the alias</td></tr>
 * <tr><td>a relation's alias</td><td>{@code AS(relation, alias, column…)}</td></tr>
 * <tr><td>joins</td><td>{@code SqlJoin}: COMMA, INNER (a JOIN without condition is INNER with NONE),
 *     CROSS, LEFT, RIGHT, FULL, LEFT_SEMI_JOIN, LEFT_ANTI_JOIN; {@code isNatural}; ON, or USING with a
 *     {@code SqlNodeList} of identifiers</td></tr>
 * <tr><td>{@code LATERAL (query)}</td><td>{@code LATERAL(query)}</td></tr>
 * <tr><td>LATERAL VIEW [OUTER]</td><td>{@link
 *     io.kitsune.router.reading.SparkOperators#LATERAL_VIEW} (relation, call, table alias, list of
 *     columns); the relation is null-literal where there is no FROM</td></tr>
 * <tr><td>a table function</td><td>{@code COLLECTION_TABLE(call)}</td></tr>
 * <tr><td>GROUP BY</td><td>the list of expressions; {@code ROLLUP(…)}, {@code CUBE(…)}, {@code
 *     GROUPING_SETS(…)} with a ROW for a set of several and an empty {@code SqlNodeList} for {@code
 *     ()}; {@code WITH ROLLUP} reads as ROLLUP. {@code GROUP BY ALL} is the identifier {@code
 *     ALL}, as in Spark's parser</td></tr>
 * <tr><td>WINDOW</td><td>the window list of {@code SqlSelect}: {@code SqlWindow}s with a declared
 *     name</td></tr>
 * <tr><td>PIVOT, UNPIVOT, TRANSFORM, several bodies after one FROM, {@code IDENTIFIER(…)}, {@code
 *     ?} and {@code :name}</td><td>the whole statement is {@link
 *     io.kitsune.router.Statement.Opaque}</td></tr>
 * </table>
 *
 * <table>
 * <caption>Expressions</caption>
 * <tr><td>columns {@code a}, {@code t.a}, {@code db.t.a.field}</td><td>one {@code SqlIdentifier}</td></tr>
 * <tr><td>{@code *}, {@code t.*}</td><td>{@code SqlIdentifier} with {@code isStar()}</td></tr>
 * <tr><td>literals</td><td>{@link io.kitsune.router.reading.SparkLiteral} always: text, value and
 *     Spark's type; a sign directly before a number is the number's, as in Spark's grammar</td></tr>
 * <tr><td>INTERVAL</td><td>{@link io.kitsune.router.reading.SparkOperators#INTERVAL} (value, unit,
 *     value, unit, …) and {@link io.kitsune.router.reading.SparkOperators#INTERVAL_RANGE} (value,
 *     from, to); units are string literals in upper case, singular</td></tr>
 * <tr><td>+ - * (binary), + - (unary)</td><td>PLUS, MINUS, MULTIPLY, UNARY_PLUS, UNARY_MINUS of
 *     {@code SqlStdOperatorTable}</td></tr>
 * <tr><td>/ div % || &amp; | ^ ~</td><td>of {@link io.kitsune.router.reading.SparkOperators}</td></tr>
 * <tr><td>= &lt;&gt; != &lt; &lt;= &gt; &gt;=</td><td>standard; {@code !=} and {@code <>} are one</td></tr>
 * <tr><td>{@code <=>}</td><td>{@link
 *     io.kitsune.router.reading.SparkOperators#NULL_SAFE_EQUALS}; IS [NOT] DISTINCT FROM is
 *     standard</td></tr>
 * <tr><td>AND, OR, NOT, [NOT] BETWEEN, [NOT] IN, IS [NOT] NULL / TRUE / FALSE / UNKNOWN,
 *     EXISTS</td><td>standard; BETWEEN has three operands; IN's right is a {@code SqlNodeList} or a
 *     query; NOT EXISTS is NOT(EXISTS(…))</td></tr>
 * <tr><td>[NOT] LIKE [ESCAPE]</td><td>standard, two or three operands; without ESCAPE, Spark's
 *     escape is the backslash</td></tr>
 * <tr><td>ILIKE, RLIKE, LIKE ANY / SOME / ALL</td><td>of {@link
 *     io.kitsune.router.reading.SparkOperators}; NOT stands around them</td></tr>
 * <tr><td>a scalar sub-query</td><td>{@code SCALAR_QUERY(query)}</td></tr>
 * <tr><td>CASE</td><td>{@code SqlCase}; the simple form keeps its value operand; without ELSE the
 *     else operand is null</td></tr>
 * <tr><td>CAST, TRY_CAST, {@code x::type}</td><td>{@code SqlStdOperatorTable.CAST} and {@link
 *     io.kitsune.router.reading.SparkOperators#TRY_CAST} of (x, {@code SqlDataTypeSpec}), the type
 *     by {@link io.kitsune.router.reading.SparkTypeName#of}</td></tr>
 * <tr><td>a function call, {@code count} and {@code sum} included</td><td>{@code SqlBasicCall} of
 *     {@link io.kitsune.router.reading.SparkFunction}, its name in lower case; DISTINCT by {@code
 *     getFunctionQuantifier()}; {@code *} as star. Calls that Spark's own AST builder turns into
 *     another function appear as that one: {@code SUBSTR(…)}, {@code SUBSTRING(a FROM b)} as {@code
 *     substring}; {@code POSITION(a IN b)} as {@code locate(a, b, 1)}; {@code OVERLAY(… PLACING …)}
 *     as {@code overlay}; {@code CURRENT_DATE} without parentheses as a call without
 *     arguments; {@code STRUCT(…)} as {@code struct}</td></tr>
 * <tr><td>EXTRACT, TRIM, TIMESTAMPADD / DATEADD / TIMESTAMPDIFF / DATEDIFF with a
 *     unit</td><td>of {@link io.kitsune.router.reading.SparkOperators}; {@code datediff(a, b)} without
 *     a unit is a function</td></tr>
 * <tr><td>{@code f(x) IGNORE NULLS}, FILTER, WITHIN GROUP, OVER</td><td>IGNORE_NULLS(call),
 *     FILTER(call, condition), WITHIN_GROUP(call, list), OVER(call, {@code SqlWindow} or the window's
 *     name); nested in this order, OVER outermost</td></tr>
 * <tr><td>window frames</td><td>{@code SqlWindow}'s bounds by its static factories; no frame is
 *     null bounds</td></tr>
 * <tr><td>{@code (a, b)}</td><td>{@code ROW(a, b)}; members may be AS calls</td></tr>
 * <tr><td>{@code a[i]}, {@code f(x).field}, {@code x -> y}, {@code name => value}</td><td>{@link
 *     io.kitsune.router.reading.SparkOperators#SUBSCRIPT}, {@code FIELD}, {@code LAMBDA}, and the
 *     standard ARGUMENT_ASSIGNMENT(value, name)</td></tr>
 * <tr><td>{@code x AS a}, {@code x AS (a, b)}</td><td>{@code AS(x, a)}; {@link
 *     io.kitsune.router.reading.SparkOperators#ALIASES} (x, list)</td></tr>
 * </table>
 */
package io.kitsune.router.reading;
