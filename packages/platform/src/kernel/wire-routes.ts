import { PROTOCOL_VERSION_HEADER, ProtocolError, RestliError, ROOTS } from '@carrick/protocol';
import type { HttpRequest, HttpResponse, Route } from './http.ts';
import { refusalVersion, renderError } from './render-error.ts';
import { unknownResource, versionOf } from './wire-request.ts';

export interface WireAnswer {
  /** 200, if not given. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Written as JSON; without it the answer is empty. */
  readonly body?: unknown;
  /** The same, already written. */
  readonly text?: string;
  /** For the request log, not for the caller: paths of fields that records should have, by how many lack them. */
  readonly warnings?: ReadonlyMap<string, number>;
}

/** Each version has its own name for the id of what was created; the vendor's guide tells clients to read either. */
export function createdHeaders(id: string, location: string): Readonly<Record<string, string>> {
  return { Location: location, 'X-RestLi-Id': id, 'X-LinkedIn-Id': id };
}

/** Resources under /v2, or another root, with what is below them. Answers and refusals get the headers of the request's protocol version. */
export function wireRoutes(
  names: readonly string[],
  answer: (request: HttpRequest) => Promise<WireAnswer>,
  root: string = ROOTS.v2,
): Route[] {
  const handler = async (request: HttpRequest): Promise<HttpResponse> => {
    try {
      const { status = 200, headers, body, text = writtenOf(body) } = await answer(request);
      return {
        status,
        headers: {
          ...(text === undefined ? {} : { 'content-type': 'application/json' }),
          [PROTOCOL_VERSION_HEADER]: versionOf(request),
          ...headers,
        },
        ...(text === undefined ? {} : { body: text }),
      };
    } catch (error) {
      if (!(error instanceof ProtocolError || error instanceof RestliError)) throw error;
      return renderError(error, request.id, refusalVersion(request.headers)).response;
    }
  };
  return names.flatMap((name) =>
    [`${root}${name}`, `${root}${name}/*`].map((path): Route => ({ method: '*', path, handler })),
  );
}

function writtenOf(body: unknown): string | undefined {
  return body === undefined ? undefined : JSON.stringify(body);
}

/** What no slice has mounted. */
export const unknownResources: readonly Route[] = Object.values(ROOTS).map((root) => ({
  method: '*',
  path: `${root}*`,
  async handler({ path }) {
    throw unknownResource(path.slice(root.length).split('/')[0] ?? '');
  },
}));
