import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { ProtocolError } from '@carrick/protocol';
import type { HttpRequest, HttpResponse, Route } from './http.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
const COMPRESSED = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.txt']);
/** Vite puts a content hash into the names of this folder. */
const HASHED = '/assets/';

type Encoding = 'identity' | 'br' | 'gzip';
export interface StaticFile {
  readonly type: string;
  readonly etag: string;
  readonly bodies: ReadonlyMap<Encoding, Buffer>;
}

/**
 * Serves a built single-page app: its files from memory, and `index.html` for every other path of the app. Paths are looked up
 * in a map, so nothing outside the folder can be asked for. `reserved` prefixes are never the app's: they get a plain 404.
 */
export async function staticRoutes(folder: string, reserved: readonly string[]): Promise<Route[]> {
  const files = await readStaticFiles(folder);
  const index = files.get('/index.html');
  return [
    {
      method: '*',
      path: '/*',
      handler: async (request) => {
        if (request.method !== 'GET' && request.method !== 'HEAD') throw new ProtocolError('NOT_FOUND');
        const file = files.get(request.path);
        if (file) return answerFile(file, request, request.path.startsWith(HASHED) ? FOR_EVER : ASK_AGAIN);
        const isAppRoute =
          !reserved.some((prefix) => request.path.startsWith(prefix)) && extname(request.path) === '';
        if (!isAppRoute) throw new ProtocolError('NOT_FOUND');
        return index ? answerFile(index, request, ASK_AGAIN) : NOT_BUILT;
      },
    },
  ];
}

const NOT_BUILT: HttpResponse = {
  status: 503,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'The recruiter app has not been built: npm start does it, or npx vite build in packages/recruiter.\n',
};

/** What has a hash of its content in its name. */
export const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';

export function answerFile(file: StaticFile, { headers }: HttpRequest, cacheControl: string): HttpResponse {
  const caching = { etag: file.etag, vary: 'accept-encoding', 'cache-control': cacheControl };
  if (headers['if-none-match'] === file.etag) return { status: 304, headers: caching };
  const accepted = String(headers['accept-encoding'] ?? '');
  const encoding =
    (['br', 'gzip'] as const).find((each) => accepted.includes(each) && file.bodies.has(each)) ?? 'identity';
  return {
    status: 200,
    headers: {
      ...caching,
      'content-type': file.type,
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    },
    body: file.bodies.get(encoding) ?? Buffer.alloc(0),
  };
}

/** The files of a folder by their paths in it (`/assets/…`), ready to be sent; none where there is no folder. */
export async function readStaticFiles(folder: string): Promise<Map<string, StaticFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const files = new Map<string, StaticFile>();
  for (const entry of entries) {
    const extension = extname(entry.name);
    const type = TYPES[extension];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const body = await readFile(path);
    const bodies = new Map<Encoding, Buffer>([['identity', body]]);
    if (COMPRESSED.has(extension)) {
      bodies.set('br', brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }));
      bodies.set('gzip', gzipSync(body));
    }
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { type, etag, bodies });
  }
  return files;
}
