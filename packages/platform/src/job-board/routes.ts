import { isOrganizationUrn } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { jobBoardPath } from '../records/index.ts';
import { findOrganisation, type Organisation } from '../tenancy/index.ts';
import { boardPage, type Company, jobPage, nothingPage } from './page.ts';
import { readBoard, readBoardJob } from './read-jobs.ts';
import { POLICY } from './style.ts';

const PREFIX = '/jobs/';
const NUMBER = /^[1-9]\d{0,14}$/;

/** `/jobs/{organisation}` and `/jobs/{organisation}/{job}`: for everybody, without a session and without a script. */
export function jobBoardRoutes(ctx: Context): Route[] {
  return [{ method: 'GET', path: `${PREFIX}*`, handler: (request) => answer(ctx, request) }];
}

async function answer(ctx: Context, { path, rawQuery, origin }: HttpRequest): Promise<HttpResponse> {
  const [id = '', job, ...rest] = path.slice(PREFIX.length).replace(/\/$/, '').split('/');
  const organisation = rest.length > 0 ? null : await organisationOf(ctx, id);
  if (!organisation)
    return page(404, nothingPage('No such company', 'There is no job board at this address.', null));
  const company: Company = {
    name: organisation.name,
    boardUrl: `${origin}${jobBoardPath(organisation.urn)}`,
  };
  return job === undefined
    ? boardAnswer(ctx, organisation, company, new URLSearchParams(rawQuery).get('page') ?? '1')
    : jobAnswer(ctx, organisation, company, job);
}

async function boardAnswer(
  ctx: Context,
  { tenantId }: Organisation,
  company: Company,
  asked: string,
): Promise<HttpResponse> {
  const number = NUMBER.test(asked) ? Math.min(Number(asked), 10_000) : 1;
  const board = await ctx.db.read(tenantId, (tx) => readBoard(tx, tenantId, ctx.clock.now(), number));
  return page(200, boardPage(company, board, number));
}

async function jobAnswer(
  ctx: Context,
  { tenantId }: Organisation,
  company: Company,
  number: string,
): Promise<HttpResponse> {
  const job = NUMBER.test(number)
    ? await ctx.db.read(tenantId, (tx) => readBoardJob(tx, tenantId, ctx.clock.now(), Number(number)))
    : null;
  return job
    ? page(200, jobPage(company, job))
    : page(
        404,
        nothingPage('This job is not open', 'It was filled, withdrawn, or has come to its end.', company),
      );
}

async function organisationOf(ctx: Context, rawId: string): Promise<Organisation | null> {
  try {
    const urn = `urn:li:organization:${decodeURIComponent(rawId)}`;
    return isOrganizationUrn(urn) ? await findOrganisation(ctx, urn) : null;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function page(status: number, body: string): HttpResponse {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
    'cache-control': 'no-cache',
  };
  return { status, headers, body };
}
