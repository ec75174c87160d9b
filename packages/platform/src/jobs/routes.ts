import { JOB_LIST_STATES } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Route } from '../kernel/http.ts';
import { answer, appRoute, Refusal } from '../session/index.ts';
import { listJobs } from './list.ts';

const LONGEST_SEARCH = 200;
const MOST_PAGES = 10_000;

export function jobRoutes(ctx: Context): Route[] {
  return [
    appRoute(ctx, 'GET', '/app/api/jobs', async (session, { rawQuery }) => {
      const params = new URLSearchParams(rawQuery);
      const given = params.get('page') ?? '1';
      const page = /^[1-9]\d{0,4}$/.test(given) ? Number(given) : MOST_PAGES + 1;
      if (page > MOST_PAGES) throw new Refusal('BAD_REQUEST');
      const state = JOB_LIST_STATES.find((each) => each === params.get('state')) ?? 'open';
      const text = (params.get('q') ?? '').slice(0, LONGEST_SEARCH).replaceAll('\u0000', ' ');
      return answer(200, await listJobs(ctx, session, { state, text, page }));
    }),
  ];
}
