import { WIDGET_HEADERS } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import type { PersonKey } from '../kernel/secrets.ts';
import { openRoute, Refusal, type Session } from '../session/index.ts';
import { listIntegrations } from '../tenancy/index.ts';
import { findWidgetKey, type WidgetKey } from './key.ts';
import { findWidgetSession, type Seatless, seatSession } from './session.ts';

/** What a frame says about itself, in headers. Nothing of it is believed beyond what the session allows. */
export interface WidgetCall {
  readonly apiKey: string;
  /** `data-integration-context`; empty where the tag has none. */
  readonly integrationContext: string;
  /** `data-ats-candidate-id`; empty where the tag has none. */
  readonly candidateId: string;
}

interface OfAts {
  readonly tenantId: number;
  readonly atsNo: number;
  readonly applicationId: number;
  /** What the integration is called by the ATS. */
  readonly atsName: string;
  readonly organisationUrn: string;
  /** Under which the page's ATS knows members: a person's URN that a callback hands out is made with it. */
  readonly personKey: PersonKey;
}

/** Somebody with a seat of the customer whose page this is. `session` is what the app's own slices take. */
export interface WidgetViewer extends OfAts {
  readonly session: Session;
}

/** Somebody without a seat for whom the ATS vouches, for one candidate of that ATS. */
export interface SeatlessViewer extends OfAts, Seatless {}

/** @throws Refusal BAD_REQUEST */
export function readWidgetCall({ headers }: Pick<HttpRequest, 'headers'>): WidgetCall {
  const read = (name: string): string => {
    try {
      return decodeURIComponent(String(headers[name] ?? '')).slice(0, 500);
    } catch {
      throw new Refusal('BAD_REQUEST');
    }
  };
  return {
    apiKey: read(WIDGET_HEADERS.key),
    integrationContext: read(WIDGET_HEADERS.context),
    candidateId: read(WIDGET_HEADERS.candidate),
  };
}

/**
 * Who looks through the profile widget.
 * @throws Refusal SIGNED_OUT; WIDGET_BAD_CONTEXT, in the same words whatever does not fit: key, company of the seat or context;
 *   WIDGET_NO_SEAT for somebody without a seat; WIDGET_OFF while PROFILE_PLUGIN is not ENABLED for this ATS
 */
export async function widgetViewer(
  ctx: Context,
  request: HttpRequest,
  call: Pick<WidgetCall, 'apiKey' | 'integrationContext'>,
): Promise<WidgetViewer> {
  const { of, session } = await signedIn(ctx, request, call);
  return { ...of, session: seatSession(session) };
}

/** The same for somebody without a seat. `call.candidateId` has to be the one that the ATS vouched for. */
export async function seatlessViewer(
  ctx: Context,
  request: HttpRequest,
  call: WidgetCall,
): Promise<SeatlessViewer> {
  const { of, session } = await signedIn(ctx, request, call);
  if (!('candidateId' in session.who)) throw new Refusal('BAD_REQUEST');
  if (session.who.candidateId !== call.candidateId) throw new Refusal('WIDGET_BAD_CONTEXT');
  return { ...of, candidateId: session.who.candidateId };
}

async function signedIn(
  ctx: Context,
  request: HttpRequest,
  call: Pick<WidgetCall, 'apiKey' | 'integrationContext'>,
) {
  const key = await requireKey(ctx, call);
  const session = await findWidgetSession(ctx, request, key);
  if (!session) throw new Refusal('SIGNED_OUT');
  if (
    !key.ats ||
    key.ats.tenantId !== session.tenantId ||
    call.integrationContext !== key.ats.organisationUrn
  )
    throw new Refusal('WIDGET_BAD_CONTEXT');
  const own = (await listIntegrations(ctx, key.ats)).find(
    ({ type, contextUrn }) => type === 'PROFILE_PLUGIN' && contextUrn === call.integrationContext,
  );
  if (own?.status !== 'ENABLED') throw new Refusal('WIDGET_OFF');
  const of: OfAts = {
    ...key.ats,
    applicationId: key.applicationId,
    atsName: own.name?.trim() || key.name,
    personKey: ctx.keys.personKey(key.applicationId),
  };
  return { of, session };
}

/** @throws Refusal WIDGET_BAD_CONTEXT */
export async function requireKey(ctx: Context, { apiKey }: Pick<WidgetCall, 'apiKey'>): Promise<WidgetKey> {
  const key = await findWidgetKey(ctx, apiKey);
  if (!key) throw new Refusal('WIDGET_BAD_CONTEXT');
  return key;
}

/**
 * A route `/widgets/api/…` of the profile widget. A POST comes from our own frame only: our header, and the browser's word on
 * where it comes from. GETs change nothing.
 */
export function widgetRoute(
  ctx: Context,
  method: 'GET' | 'POST',
  path: string,
  handler: (viewer: WidgetViewer, call: WidgetCall, request: HttpRequest) => Promise<HttpResponse>,
): Route {
  return openRoute(method, `/widgets/api/${path}`, async (request) => {
    const call = readWidgetCall(request);
    return handler(await widgetViewer(ctx, request, call), call, request);
  });
}
