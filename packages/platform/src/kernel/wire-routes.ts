import { PROTOCOL_VERSION_HEADER, ProtocolError, type ProtocolVersion, RestliError } from '@carrick/protocol';
import type { HttpRequest, HttpResponse, Route } from './http.ts';
import { renderError } from './render-error.ts';
import { versionOf } from './wire-request.ts';

export interface WireAnswer {
  /** 200, if not given. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Written as JSON; without it the answer is empty. */
  readonly body?: unknown;
}

/** Resources under /v2 with what is below them. Answers and refusals get the headers of the request's protocol version. */
export function wireRoutes(
  names: readonly string[],
  answer: (request: HttpRequest) => Promise<WireAnswer>,
): Route[] {
  const handler = async (request: HttpRequest): Promise<HttpResponse> => {
    try {
      const { status = 200, headers, body } = await answer(request);
      return {
        status,
        headers: { ...headersOf(versionOf(request)), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      };
    } catch (error) {
      if (!(error instanceof ProtocolError || error instanceof RestliError)) throw error;
      return refusal(error, request);
    }
  };
  return names.flatMap((name) =>
    [`/v2/${name}`, `/v2/${name}/*`].map((path): Route => ({ method: '*', path, handler })),
  );
}

function headersOf(version: ProtocolVersion): Record<string, string> {
  return { 'content-type': 'application/json', [PROTOCOL_VERSION_HEADER]: version };
}

/** A refused request names its kind of error in the header of its protocol version. */
function refusal(error: ProtocolError | RestliError, request: HttpRequest): HttpResponse {
  const { response } = renderError(error, request.id);
  const { 'x-restli-error-response': marker = 'true', ...headers } = response.headers;
  const version = readableVersion(request);
  const name = version === '1.0.0' ? 'X-LinkedIn-Error-Response' : 'X-RestLi-Error-Response';
  return { ...response, headers: { ...headers, ...headersOf(version), [name]: marker } };
}

function readableVersion(request: HttpRequest): ProtocolVersion {
  try {
    return versionOf(request);
  } catch {
    return '2.0.0'; // the newest, for a version that is none
  }
}
