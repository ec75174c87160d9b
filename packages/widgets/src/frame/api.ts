import { type FrameSetting, WIDGET_HEADERS, type WidgetData } from '@carrick/protocol/widget';

/** A refusal of the platform, or, with status 0, no answer at all. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly status: number;
  /** The app API's code, such as `SIGNED_OUT` or `WIDGET_BAD_CONTEXT`; `UNREACHABLE` with status 0. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Asks the platform under `/widgets/api/`. What the tag says about customer and candidate goes along in headers. */
export interface Api {
  /** @throws {ApiFailure} */
  get<Answer>(path: string): Promise<Answer>;
  /** @throws {ApiFailure} */
  post<Answer>(path: string, body?: object): Promise<Answer>;
}

/** `whenSignedOut`: called for every answer that says so; the failure is thrown all the same. */
export function apiFor({ apiKey }: FrameSetting, data: WidgetData, whenSignedOut: () => void): Api {
  const headers: Record<string, string> = {
    [WIDGET_HEADERS.key]: encodeURIComponent(apiKey),
    [WIDGET_HEADERS.context]: encodeURIComponent(data.integrationContext ?? ''),
    [WIDGET_HEADERS.candidate]: encodeURIComponent(data.atsCandidateId ?? ''),
  };

  async function ask<Answer>(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(`/widgets/api/${path}`, { cache: 'no-store', ...init }).catch(() => {
      throw new ApiFailure(0, 'UNREACHABLE', 'no answer');
    });
    const body: unknown = await response.json().catch(() => null);
    if (response.ok) return body as Answer; // the contract of the route that was asked, in protocol/widget.ts
    const { code, message } = (body ?? {}) as { code?: string; message?: string }; // AppError, or another server's answer
    if (code === 'SIGNED_OUT') whenSignedOut();
    throw new ApiFailure(response.status, code ?? 'UNREACHABLE', message ?? '');
  }

  return {
    get: (path) => ask(path, { headers }),
    post: (path, body = {}) =>
      ask(path, {
        method: 'POST',
        headers: { ...headers, 'x-carrick': '1', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}
