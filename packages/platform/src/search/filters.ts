import { SEARCH_FILTERS, type SearchFilterName, type SearchQuery } from '@carrick/protocol';
import type { Sql, Statement } from '../kernel/db.ts';

/** Each is a bit, in this order; what a stage may mean (records/stage-category.ts), the unknown last. SQL: stage_bit. */
const STAGES = [
  'APPLIED',
  'SCREEN',
  'INTERVIEW',
  'OFFER',
  'HIRED',
  'REJECTED',
  'DECLINED',
  'ARCHIVED',
  'OTHER',
];
const DAY_MS = 86_400_000;
/** The longest time since the newest application, in days; `longer` is everything before the last one. */
const APPLIED_WITHIN = { month: 30, halfYear: 182, year: 365 } as const;
const FACET_VALUES = 12;

/** The values that a found person `p` has of a filter: an array, or one that may be null. */
function valuesOf(tx: Sql, filter: SearchFilterName, now: number): { many: Statement } | { one: Statement } {
  switch (filter) {
    case 'title':
      return { many: tx`p.titles` };
    case 'company':
      return { many: tx`p.companies` };
    case 'skill':
      return { many: tx`p.skills` };
    case 'reason':
      return { many: tx`p.reasons` };
    case 'location':
      return { one: tx`p.location` };
    case 'industry':
      return { one: tx`p.industry` };
    case 'seniority':
      return { one: tx`p.seniority` };
    case 'experience':
      return { one: experienceSpan(tx, now) };
    case 'applied':
      return { one: appliedSpan(tx, now) };
    case 'stage':
      return {
        many: tx`array(select s from unnest(${STAGES}::text[]) with ordinality as s (s, n) where p.stage_bits >> (n::int - 1) & 1 = 1)`,
      };
  }
}

/**
 * Which filters a found person `p` fails, a bit each, in the order of SEARCH_FILTERS; the last is In ATS. 0: a result. A facet
 * counts those who fail its own filter at most.
 */
export function missedFilters(tx: Sql, query: SearchQuery, now: number): Statement {
  const missed = SEARCH_FILTERS.reduce((all, filter, bit) => {
    const chosen = query.filters[filter];
    if (chosen.length === 0) return all;
    return tx`${all} + case when ${passes(tx, filter, chosen, now)} then 0 else ${1 << bit}::int end`;
  }, tx`0`);
  if (query.inAts === 'any') return missed;
  const hasInAts = query.inAts === 'only' ? tx`p.is_in_ats` : tx`not p.is_in_ats`;
  return tx`${missed} + case when ${hasInAts} then 0 else ${IN_ATS_BIT}::int end`;
}

/** Of a person who fails nothing but this filter, or not even that. */
const ownBit = (filter: SearchFilterName): number => 1 << SEARCH_FILTERS.indexOf(filter);
export const IN_ATS_BIT = 1 << SEARCH_FILTERS.length;

function passes(tx: Sql, filter: SearchFilterName, chosen: readonly string[], now: number): Statement {
  if (filter === 'stage') return tx`coalesce(p.stage_bits & ${bitsOf(chosen)}::int <> 0, false)`;
  const values = valuesOf(tx, filter, now);
  return 'many' in values
    ? tx`coalesce(${values.many} && ${chosen}::text[], false)`
    : tx`coalesce(${values.one} = any(${chosen}::text[]), false)`;
}

/** The bits of these stages; of what is no stage, none. */
function bitsOf(stages: readonly string[]): number {
  return stages.reduce((bits, stage) => {
    const place = STAGES.indexOf(stage);
    return place === -1 ? bits : bits | (1 << place);
  }, 0);
}

/** How many people of `hit` choosing each value would leave, as one column of JSON: the chosen ones, then the commonest. */
export function facet(
  tx: Sql,
  query: SearchQuery,
  filter: SearchFilterName,
  now: number,
  begins = '',
): Statement {
  const isOpen = tx`p.missed & ~${ownBit(filter)}::int = 0`;
  const counted = filter === 'stage' ? stageCounts(tx, isOpen) : valueCounts(tx, filter, isOpen, now);
  const pattern = `%${begins.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
  const fits = begins === '' ? tx`true` : tx`lower(value) like ${pattern}`;
  return tx`(
    select coalesce(jsonb_agg(jsonb_build_object('value', value, 'count', count)), '[]')
    from (
      select value, count from (${counted}) counted where value is not null and count > 0 and ${fits}
      order by value = any(${query.filters[filter]}::text[]) desc, count desc, value limit ${FACET_VALUES}
    ) f
  )`;
}

function valueCounts(tx: Sql, filter: SearchFilterName, isOpen: Statement, now: number): Statement {
  const values = valuesOf(tx, filter, now);
  const each = 'many' in values ? tx`unnest(${values.many})` : values.one;
  return tx`select value, count(*) from (select ${each} as value from hit p where ${isOpen}) held group by value`;
}

/** Stages are few and kept as bits: counted in one pass rather than written out for each person. */
function stageCounts(tx: Sql, isOpen: Statement): Statement {
  const counts = STAGES.map(
    (_, place) => tx`count(*) filter (where p.stage_bits & ${1 << place}::int <> 0)`,
  ).reduce((all, each) => tx`${all}, ${each}`);
  return tx`
    select value, count
    from (select array[${counts}] as counts from hit p where ${isOpen}) c
    cross join lateral unnest(${STAGES}::text[], c.counts) as u (value, count)`;
}

function appliedSpan(tx: Sql, now: number): Statement {
  const since = (days: number) => now - days * DAY_MS;
  return tx`case
    when p.last_applied_at is null then null
    when p.last_applied_at >= ${since(APPLIED_WITHIN.month)}::bigint then 'month'
    when p.last_applied_at >= ${since(APPLIED_WITHIN.halfYear)}::bigint then 'halfYear'
    when p.last_applied_at >= ${since(APPLIED_WITHIN.year)}::bigint then 'year'
    else 'longer' end`;
}

function experienceSpan(tx: Sql, now: number): Statement {
  const year = new Date(now).getUTCFullYear();
  return tx`case
    when p.since_year is null then null
    when p.since_year > ${year - 2}::int then 'under2'
    when p.since_year > ${year - 5}::int then 'under5'
    when p.since_year > ${year - 10}::int then 'under10'
    else 'over10' end`;
}
