select id, rank() over (partition by grp order by v desc) as r, row_number() over (partition by grp order by v, id) as n, dense_rank() over (order by v) as d from plain order by id;
select id, sum(v) over (partition by grp) as s, avg(amount) over (partition by grp) as a, count(*) over () as c, max(day) over (partition by grp) as m from plain order by id;
select id, sum(v) over (partition by grp order by id) as s, sum(amount) over (partition by grp order by v) as t, min(v) over (order by id rows between unbounded preceding and current row) as m from plain order by id;
select grp, sum(v) as s, rank() over (order by sum(v) desc) as r, sum(v) * 100 / sum(sum(v)) over () as p from plain group by grp order by grp;
select grp, amount_sum, amount_sum / sum(amount_sum) over () as share from (select grp, sum(amount) as amount_sum from plain group by grp) order by grp;
select id, i, rank() over (order by i) as r, rank() over (order by i desc) as s, sum(i) over (order by id) as t from numbers order by id;
select * from (select id, v, row_number() over (partition by grp order by v desc, id) as n from plain) where n = 1 order by id;
select grp, v, count(*) as c, row_number() over (partition by grp order by count(*) desc, v) as n from plain group by grp, v order by grp, n;
