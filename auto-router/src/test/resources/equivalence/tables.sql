-- The tables of the probes: a name, AS, and DuckDB's SQL for the rows.
numbers AS SELECT * FROM (VALUES
  (1, 1::TINYINT, 1::SMALLINT, 1::INTEGER, 1::BIGINT, 1.5::DOUBLE, 1.50::DECIMAL(10,2), 1.0000000001::DECIMAL(38,10), 0.05::DECIMAL(15,2), true),
  (2, 127::TINYINT, 32767::SMALLINT, 2147483647::INTEGER, 9223372036854775807::BIGINT, 1.7976931348623157E308::DOUBLE, 99999999.99::DECIMAL(10,2), 1234567890123456789012345678.9876543210::DECIMAL(38,10), 9999999999999.99::DECIMAL(15,2), false),
  (3, (-128)::TINYINT, (-32768)::SMALLINT, CAST('-2147483648' AS INTEGER), CAST('-9223372036854775808' AS BIGINT), 'nan'::DOUBLE, (-99999999.99)::DECIMAL(10,2), (-0.0000000001)::DECIMAL(38,10), (-9999999999999.99)::DECIMAL(15,2), true),
  (4, 0::TINYINT, 0::SMALLINT, 0::INTEGER, 0::BIGINT, 0.0::DOUBLE, 0.00::DECIMAL(10,2), 0::DECIMAL(38,10), 0::DECIMAL(15,2), false),
  (5, (-1)::TINYINT, (-1)::SMALLINT, (-1)::INTEGER, (-1)::BIGINT, '-0.0'::DOUBLE, (-0.01)::DECIMAL(10,2), (-2.5)::DECIMAL(38,10), (-0.01)::DECIMAL(15,2), NULL),
  (6, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (7, 7::TINYINT, 300::SMALLINT, 70000::INTEGER, 5000000000::BIGINT, 'infinity'::DOUBLE, 3.33::DECIMAL(10,2), 3::DECIMAL(38,10), 7.00::DECIMAL(15,2), true),
  (8, (-7)::TINYINT, (-300)::SMALLINT, (-70000)::INTEGER, (-5000000000)::BIGINT, '-2.5'::DOUBLE, (-3.35)::DECIMAL(10,2), (-7.1234567891)::DECIMAL(38,10), (-6.66)::DECIMAL(15,2), true),
  (9, 2::TINYINT, 2::SMALLINT, 2::INTEGER, 2::BIGINT, '0.1'::DOUBLE, 2.00::DECIMAL(10,2), 0.5::DECIMAL(38,10), 2.50::DECIMAL(15,2), false)
  ) AS t(id, ti, sm, i, b, d, dec, big, money, flag);
plain AS SELECT i::INTEGER AS id, (i % 5)::INTEGER AS grp, (i * 7 % 13)::BIGINT AS v, (i * 1.25)::DECIMAL(12,3) AS amount, (i / 4.0)::DOUBLE AS x,
  CASE WHEN i % 7 = 0 THEN NULL ELSE 'name ' || (i % 11) END AS name, (DATE '2020-01-01' + i::INTEGER) AS day FROM range(1, 101) AS r(i);
texts AS SELECT * FROM (VALUES
  (1, 'a', 'A'), (2, '', 'b'), (3, NULL, 'c'), (4, 'äöüß', 'ä'), (5, '  pad  ', ' '), (6, 'a%b_c', '%'), (7, 'back\slash', '\'),
  (8, '日本語テキスト', '本'), (9, '😀 smile', '😀'), (10, 'Forest green', 'green'), (11, 'a' || chr(9) || 'tab', chr(9)), (12, 'it''s', ''''),
  (13, 'zz', NULL), (14, 'A', 'a'), (15, 'Z', 'z'), (16, 'name 1', 'name'), (17, '10', '9'), (18, 'é', 'e' || chr(769)), (19, chr(160) || 'nbsp' || chr(160), 'x')
  ) AS t(id, s, t);
days AS SELECT * FROM (VALUES
  (1, DATE '2020-02-29', DATE '2020-01-31'), (2, DATE '1999-12-31', DATE '2000-01-01'), (3, DATE '1900-01-01', DATE '9999-12-31'),
  (4, NULL, DATE '2021-03-28'), (5, DATE '2024-12-30', DATE '2025-01-01'), (6, DATE '1970-01-01', NULL), (7, DATE '2023-01-31', DATE '2023-02-28'), (8, DATE '1583-01-01', DATE '1600-02-29')
  ) AS t(id, d, e);
lefts AS SELECT * FROM (VALUES (1, 'one'), (2, 'two'), (2, 'zwei'), (3, NULL), (NULL, 'none'), (5, 'five')) AS t(k, a);
rights AS SELECT * FROM (VALUES (1, 10, 'r1'), (2, 20, 'r2'), (2, 21, 'r3'), (4, 40, NULL), (NULL, 50, 'rn'), (5, NULL, 'r5')) AS t(k, n, b);
nothing AS SELECT 1::INTEGER AS id, 'x' AS s, 1.5::DECIMAL(10,2) AS dec, 1.5::DOUBLE AS d, DATE '2020-01-01' AS day WHERE false;
moments AS SELECT * FROM (VALUES (1, TIMESTAMPTZ '2024-01-01 00:00:00+00'), (2, TIMESTAMPTZ '2024-06-30 23:59:59.999999+00'), (3, NULL), (4, TIMESTAMPTZ '1999-12-31 12:34:56.5+00'), (5, TIMESTAMPTZ '2038-01-19 03:14:08+00')) AS t(id, ts);
