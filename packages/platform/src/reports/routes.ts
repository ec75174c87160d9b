import { REPORT_DAYS, type ReportDays } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, Route } from '../kernel/http.ts';
import { answer, answerCsv, appRoute, Refusal } from '../session/index.ts';
import { readUsage, usageCsv } from './usage.ts';

export function reportRoutes(ctx: Context): Route[] {
  return [
    appRoute(ctx, 'GET', '/app/api/reports', async (session, request) =>
      answer(200, await readUsage(ctx, session, daysIn(request))),
    ),
    appRoute(ctx, 'GET', '/app/api/reports.csv', async (session, request) =>
      answerCsv('usage', usageCsv(await readUsage(ctx, session, daysIn(request)))),
    ),
  ];
}

function daysIn({ rawQuery }: HttpRequest): ReportDays {
  const given = new URLSearchParams(rawQuery).get('days') ?? '30';
  const known = REPORT_DAYS.find((days) => String(days) === given);
  if (!known) throw new Refusal('BAD_REQUEST');
  return known;
}
