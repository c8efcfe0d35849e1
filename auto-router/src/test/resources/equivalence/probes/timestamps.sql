select id from moments where ts >= '2024-01-01' order by id;
select id from moments where ts > timestamp '2024-01-01 00:00:00' order by id;
select id from moments where ts = '2024-06-30 23:59:59.999999' order by id;
select id from moments where ts between '1999-12-31 12:34:56.5' and '2024-01-01 00:00:00' order by id;
select id from moments where ts <> timestamp '2024-01-01' order by id;
select count(ts) as a, count(distinct ts) as b from moments;
select id from moments order by ts desc, id;
select a.id, b.id from moments a join moments b on a.ts < b.ts order by 1, 2;
select id, coalesce(ts, timestamp '2000-01-01 00:00:00') = ts as a, ts is null as b from moments order by id;
