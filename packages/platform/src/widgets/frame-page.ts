import { randomBytes } from 'node:crypto';
import { type FrameSetting, WIDGET_KINDS, type WidgetKind } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { escapeHtml } from '../kernel/escape-html.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import type { FrameFiles, WidgetFiles } from './files.ts';
import { findWidgetKey } from './key.ts';

const LANGUAGE = /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,2}$/;

/** `GET /widgets/{kind}?api_key=…&lang=…`: the document in the frame. Nothing in its address is about a person. */
export function framePages(ctx: Context, files: WidgetFiles): Route[] {
  return WIDGET_KINDS.map((kind) => ({
    method: 'GET',
    path: `/widgets/${kind}`,
    handler: (request) => framePage(ctx, files, kind, request),
  }));
}

async function framePage(
  ctx: Context,
  files: WidgetFiles,
  kind: WidgetKind,
  { rawQuery }: HttpRequest,
): Promise<HttpResponse> {
  const params = new URLSearchParams(rawQuery);
  const apiKey = params.get('api_key') ?? '';
  const frameFiles = files.framesOf(kind);
  const key = await findWidgetKey(ctx, apiKey);
  const origins = key?.origins ?? [];
  const nonce = randomBytes(16).toString('base64');
  const asked = params.get('lang') ?? '';
  const lang = LANGUAGE.test(asked) ? asked : 'en';
  if (!frameFiles)
    return { status: 503, headers: headersOf([], nonce), body: 'The widgets have not been built.\n' };
  return {
    status: key ? 200 : 404,
    headers: headersOf(origins, nonce),
    body: documentOf({ kind, apiKey, lang, origins }, frameFiles, nonce),
  };
}

/**
 * The browser holds the list of pages: whatever frames this document, in however many frames, is one of the key's origins, or
 * it is not shown. No key and no origins: nobody may.
 */
function headersOf(origins: readonly string[], nonce: string): Record<string, string> {
  const script = `'nonce-${nonce}'`;
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    // A page that isolates itself (COEP) shows only frames that do the same.
    'cross-origin-resource-policy': 'cross-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'content-security-policy': [
      "default-src 'none'",
      `script-src ${script} 'strict-dynamic'`,
      `style-src ${script}`,
      "img-src 'self' data:",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
      `frame-ancestors ${origins.join(' ') || "'none'"}`,
    ].join('; '),
  };
}

function documentOf(setting: FrameSetting, { script, styles, preloads }: FrameFiles, nonce: string): string {
  const json = JSON.stringify(setting).replaceAll('<', '\\u003c');
  const links = [
    ...styles.map((href) => `<link rel="stylesheet" href="${href}" nonce="${nonce}">`),
    ...preloads.map((href) => `<link rel="modulepreload" href="${href}" nonce="${nonce}">`),
  ];
  return `<!doctype html>
<html lang="${escapeHtml(setting.lang.replaceAll('_', '-'))}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${TITLES[setting.kind]}</title>
${links.join('\n')}
<script id="setting" type="application/json">${json}</script>
<script type="module" src="${script}" nonce="${nonce}"></script>
</head>
<body><div id="root"></div></body>
</html>
`;
}

const TITLES = { hcm: 'Profile', onboarding: 'Connect' } as const satisfies Record<WidgetKind, string>;
