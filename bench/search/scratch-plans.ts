
import { foundPeople } from '../../packages/platform/src/search/found.ts';
export async function plans(tx: any, viewer: any, ids: number[]) {
  const none = Object.fromEntries(['title','company','location','skill','industry','seniority','experience','stage','reason','applied'].map((n) => [n, []]));
  const query: any = { q: 'title12', spotlights: ['pastApplicants'], inAts: 'any', filters: none, sort: 'relevance', isAmongMembers: false, page: 1, facets: [] };
  for (let i = 0; i < 3; i++) { const s = performance.now(); await tx`select count(*) from (${foundPeople(tx, viewer, query)}) f`; console.log('found', performance.now() - s); }
  const rows = await tx`explain (analyze) select count(*) from (${foundPeople(tx, viewer, query)}) f`;
  for (const r of rows) console.log(r['QUERY PLAN']);
}
