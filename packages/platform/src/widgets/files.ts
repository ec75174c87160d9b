import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ProtocolError, type WidgetKind } from '@carrick/protocol';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { answerFile, FOR_EVER, readStaticFiles, type StaticFile } from '../kernel/static-files.ts';

const BUILT = join(import.meta.dirname, '..', '..', '..', 'widgets', 'dist');
const PREFIX = '/widgets';
const LOADER_PATHS = ['/xdoor/scripts/in.js', '/in.js'];
/** Where the original's pages name extensions. Ours are in the loader, and it asks for none; who does all the same gets an empty script. */
const EXTENSION_PATHS = [
  '/rsc/extensions/profile-widget',
  '/rsc/extensions/onboarding-widget',
  '/recruiter/widget/hcm',
  '/recruiter/widget/ATSIntegration',
  '/talent/widgets/assets/javascripts/profile-widget.js',
];
/** Five minutes, so that a mended loader comes to every page soon; a day while we do not answer. */
const LOADER_CACHING = 'public, max-age=300, stale-while-revalidate=86400';
/** A page of any site loads it, also with `crossorigin` and `integrity`. */
const FOR_EVERY_SITE = {
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
} as const;

/** What a frame of one kind loads: addresses under `/widgets/`. */
export interface FrameFiles {
  readonly script: string;
  readonly styles: readonly string[];
  /** Scripts that `script` imports: asked for at once, not one after the other. */
  readonly preloads: readonly string[];
}

export interface WidgetFiles {
  readonly routes: readonly Route[];
  /** Null while the widgets have not been built. */
  framesOf(kind: WidgetKind): FrameFiles | null;
}

const ENTRIES = {
  hcm: 'src/profile/main.tsx',
  onboarding: 'src/onboarding/main.tsx',
} as const satisfies Record<WidgetKind, string>;

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;

/** The built loader and frames, from memory. */
export async function openWidgetFiles(folder = BUILT): Promise<WidgetFiles> {
  const files = await readStaticFiles(folder);
  const manifestText = files.get('/manifest.json')?.bodies.get('identity')?.toString('utf8');
  const manifest: Manifest | null = manifestText === undefined ? null : JSON.parse(manifestText);
  return {
    routes: [
      ...loaderRoutes(files.get('/in.js')),
      ...EXTENSION_PATHS.map(
        (path): Route => ({ method: 'GET', path, handler: async () => EMPTY_EXTENSION }),
      ),
      {
        method: 'GET',
        path: `${PREFIX}/assets/*`,
        async handler(request) {
          const file = files.get(request.path.slice(PREFIX.length));
          if (!file) throw new ProtocolError('NOT_FOUND');
          return answerFile(file, request, FOR_EVER);
        },
      },
    ],
    framesOf: (kind) => manifest && filesOf(manifest, ENTRIES[kind]),
  };
}

function loaderRoutes(loader: StaticFile | undefined): Route[] {
  if (!loader) return [];
  const hash = createHash('sha256')
    .update(loader.bodies.get('identity') ?? '')
    .digest('hex')
    .slice(0, 16);
  const answerWith =
    (caching: string) =>
    async (request: HttpRequest): Promise<HttpResponse> => {
      const { headers, ...rest } = answerFile(loader, request, caching);
      return { ...rest, headers: { ...headers, ...FOR_EVERY_SITE } };
    };
  return [
    ...LOADER_PATHS.map((path): Route => ({ method: 'GET', path, handler: answerWith(LOADER_CACHING) })),
    // Stands still for pages that pin it with `integrity`; another version has another address.
    { method: 'GET', path: `/xdoor/scripts/in-${hash}.js`, handler: answerWith(FOR_EVER) },
  ];
}

const EMPTY_EXTENSION: HttpResponse = {
  status: 200,
  headers: {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': LOADER_CACHING,
    ...FOR_EVERY_SITE,
  },
  body: '/* The widgets are part of the loader, /xdoor/scripts/in.js: no extension has to be loaded. */\n',
};

function filesOf(manifest: Manifest, entry: string): FrameFiles | null {
  const start = manifest[entry];
  if (!start) return null;
  const chunks = new Map<string, Chunk>();
  const collect = (name: string) => {
    const chunk = manifest[name];
    if (!chunk || chunks.has(name)) return;
    chunks.set(name, chunk);
    chunk.imports?.forEach(collect);
  };
  collect(entry);
  const address = (file: string) => `${PREFIX}/${file}`;
  const all = [...chunks.values()];
  return {
    script: address(start.file),
    styles: [...new Set(all.flatMap(({ css = [] }) => css))].map(address),
    preloads: all.filter((chunk) => chunk !== start).map(({ file }) => address(file)),
  };
}
