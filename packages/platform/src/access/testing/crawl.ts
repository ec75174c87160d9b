import type { SearchAnswer } from '@carrick/protocol';
import type { Platform } from '../../index.ts';

/** What a viewer asks: addresses, and bodies for what is posted. */
type Probe = string | { readonly path: string; readonly body: object };

/** Who and what the crawl asks about; all of them exist, but not the job while it has not come. */
export interface CrawlTarget {
  readonly atsNo: number;
  readonly jobId: string;
  readonly candidateId: string;
  /** Found by everybody. */
  readonly lastName: string;
  readonly organizationId: string;
}

const EXACTLY_THIS = 'crawl-key-1';

/**
 * Every route of the app that a seat can call, with what is asked of it; or, as `skips`, why there is nothing to compare. A route of
 * the table that stands in neither fails the test.
 */
export function probesOf(
  target: CrawlTarget,
  person: string,
): Readonly<Record<string, readonly Probe[] | { readonly skips: string }>> {
  const { atsNo, jobId, candidateId, lastName } = target;
  const changes = { skips: 'changes what is the viewer’s own, and answers nothing of jobs' };
  const adminOnly = { skips: 'for administrators; every other seat gets the same refusal (AD1)' };
  const before = { skips: 'before there is a viewer' };
  return {
    'GET /app/api/me': ['/app/api/me'],
    'GET /app/api/search': [
      '',
      `q=${lastName}`,
      `q=${lastName}&inAts=only`,
      `q=${lastName}&inAts=exclude`,
      'spotlights=pastApplicants',
      'stage=INTERVIEW',
      'stage=HIRED',
      'applied=month',
      'applied=longer',
      'reason=Secret%20reason',
      'q=Secret',
      'sort=lastApplied',
    ].map((query) => `/app/api/search?${query}`),
    'GET /app/api/search/values': ['title', 'company', 'location', 'reason', 'stage'].map(
      (filter) => `/app/api/search/values?filter=${filter}&begins=se`,
    ),
    'GET /app/api/search/export.csv': ['', 'spotlights=pastApplicants', 'q=Foster0'].map(
      (query) => `/app/api/search/export.csv?${query}`,
    ),
    'GET /app/api/saved-searches': ['/app/api/saved-searches'],
    'POST /app/api/saved-searches': changes,
    'POST /app/api/saved-searches/*': changes,
    'GET /app/api/jobs': ['', 'q=Secret', `q=${jobId}`, 'state=closed'].map(
      (query) => `/app/api/jobs?${query}`,
    ),
    'GET /app/api/messages/outreach': [`/app/api/messages/outreach?person=${person}`],
    'GET /app/api/people/*': ['', '/card', '/ats', '/attachments/1', '/attachments/2', '/nothing'].map(
      (part) => `/app/api/people/${person}${part}`,
    ),
    'GET /app/api/projects': ['/app/api/projects', '/app/api/projects?archived=yes'],
    'POST /app/api/projects': [{ path: '/app/api/projects', body: { title: 'Tied', job: { atsNo, jobId } } }],
    'GET /app/api/projects/standing': [`/app/api/projects/standing?person=${person}`],
    'GET /app/api/projects/jobs': ['', 'Secret', jobId].map((q) => `/app/api/projects/jobs?q=${q}`),
    'GET /app/api/projects/*': ['/app/api/projects/1', '/app/api/projects/1/people'],
    'POST /app/api/projects/*': changes,
    'GET /app/api/review': ['/app/api/review'],
    'GET /app/api/review/log': ['/app/api/review/log'],
    'GET /app/api/review/merges': ['/app/api/review/merges'],
    'GET /app/api/candidates': ['', `q=${lastName}`, 'linked=no', `q=${jobId}`].map(
      (q) => `/app/api/candidates?${q}`,
    ),
    'GET /app/api/matches': [`/app/api/matches?ats=${atsNo}&candidate=${candidateId}`],
    'POST /app/api/matches/decide': changes,
    'POST /app/api/matches/lift': changes,
    'POST /app/api/matches/merge': changes,
    'POST /app/api/matches/undo-merge': changes,
    'GET /app/api/exports': [`/app/api/exports?person=${person}`, '/app/api/exports'],
    'POST /app/api/exports': [
      { path: '/app/api/exports', body: { key: EXACTLY_THIS, people: [person], atsNo, jobId } },
      {
        path: '/app/api/exports',
        body: { key: EXACTLY_THIS, people: [person], atsNo, jobId, isConfirmed: true },
      },
    ],
    'GET /app/api/exports/options': ['/app/api/exports/options'],
    'GET /app/api/exports/jobs': ['', 'Secret', jobId].map(
      (q) => `/app/api/exports/jobs?atsNo=${atsNo}&q=${q}`,
    ),
    'GET /app/api/exports/switches': ['/app/api/exports/switches'],
    'POST /app/api/exports/switches': adminOnly,
    'GET /app/api/exports/list': ['/app/api/exports/list', '/app/api/exports/list?state=complete'],
    'GET /app/api/exports/list.csv': ['/app/api/exports/list.csv'],
    'GET /app/api/exports/closed': ['/app/api/exports/closed'],
    'POST /app/api/exports/closed': adminOnly,
    'GET /app/api/messages': ['/app/api/messages', `/app/api/messages?person=${person}`],
    'POST /app/api/messages': [
      { path: '/app/api/messages', body: { key: EXACTLY_THIS, people: [person], subject: '', body: '' } },
    ],
    'POST /app/api/message-drafts': changes,
    'GET /app/api/messages/*': [
      '/app/api/messages/1',
      `/app/api/messages/${person}`,
      `/app/api/messages/with/${person}`,
      `/app/api/messages/composer?person=${person}`,
    ],
    'POST /app/api/messages/*': changes,
    'GET /app/api/message-templates': ['/app/api/message-templates'],
    'POST /app/api/message-templates': changes,
    'POST /app/api/message-templates/*': changes,
    'GET /app/api/home': ['/app/api/home'],
    'GET /app/api/worth-doing': ['/app/api/worth-doing'],
    'GET /app/api/notices': ['/app/api/notices'],
    'POST /app/api/notices': changes,
    'GET /app/api/reports': ['/app/api/reports', '/app/api/reports?days=7'],
    'GET /app/api/reports.csv': ['/app/api/reports.csv'],
    'POST /app/api/tags': changes,
    'GET /app/api/activities/*': [`/app/api/activities/${person}`],
    'POST /app/api/activities/*': changes,
    'GET /app/api/administrators': ['/app/api/administrators'],
    'GET /app/api/events': { skips: 'listened to while the data comes' },
    'GET /oauth/v2/authorization': ['/oauth/v2/authorization'],
    'POST /oauth/v2/authorization': before,
    'POST /app/api/sign-in': before,
    'GET /app/api/sign-in/providers': ['/app/api/sign-in/providers'],
    'POST /app/api/password/forgotten': before,
    'POST /app/api/password/chosen': before,
    'GET /app/api/contracts': ['/app/api/contracts'],
    'POST /app/api/contracts': changes,
    'GET /app/api/start': ['/app/api/start'],
    'POST /app/api/sign-out': changes,
    'GET /jobs/*': [`/jobs/${target.organizationId}`, `/jobs/${target.organizationId}/feed.xml`],
    'GET /metrics': { skips: 'counts of the process; a proxy keeps it to the operator’s own network' },
  };
}

/** Routes of other doors: a seat's session opens none of them. Widgets and a vendor's console have sessions of their own. */
const OTHER_DOORS =
  /^\S+ \/(v2|rest|oauth\/v2\/(access|introspect)Token|media|member|mail|mailbox|openapi\.json|docs|ats|rsc|recruiter|talent|widgets|xdoor|app\/api\/partner|healthz|readyz|sandbox|assets)(\/|$|\b)/;
const ADMIN = /^(GET|POST) \/app\/api\/(admin|deliveries|destinations)(\/|$)/;

/** Routes of the table that no probe knows. */
export function unknownRoutes({ routes }: Pick<Platform, 'routes'>, known: readonly string[]): string[] {
  return routes
    .map(({ method, path }) => `${method} ${path}`)
    .filter((name) => !OTHER_DOORS.test(name) && !ADMIN.test(name) && !isPage(name) && !known.includes(name));
}

/** The app's own files and the page that every address of it gets. */
const isPage = (name: string): boolean => name.startsWith('* ') || /^GET \/[\w.-]*(\*|\.\w+)?$/.test(name);

export interface CrawlViewer {
  readonly cookie: string;
  person(lastName: string): Promise<string>;
}

export async function signInTo(baseUrl: string, email: string, password: string): Promise<CrawlViewer> {
  const response = await fetch(`${baseUrl}/app/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-carrick': '1' },
    body: JSON.stringify({ email, password }),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`no session: ${response.status}`);
  return {
    cookie,
    async person(lastName) {
      const found = await fetch(`${baseUrl}/app/api/search?q=${lastName}`, { headers: { cookie } });
      const { people } = (await found.json()) as SearchAnswer;
      return people[0]?.id ?? '';
    },
  };
}

/**
 * Everything the viewer is answered, byte by byte: status, headers that tell something, body. Who may do what is posted must not be
 * asked: it would be done.
 */
export async function crawl(
  baseUrl: string,
  { cookie }: CrawlViewer,
  probes: ReturnType<typeof probesOf>,
  { isPosting }: { readonly isPosting: boolean },
): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const probe of Object.values(probes)) {
    if ('skips' in probe) continue;
    for (const each of probe) {
      if (typeof each !== 'string' && !isPosting) continue;
      const [path, init] =
        typeof each === 'string'
          ? [each, {}]
          : [each.path, { method: 'POST', body: JSON.stringify(each.body) }];
      const response = await fetch(`${baseUrl}${path}`, {
        ...init,
        headers: { cookie, 'content-type': 'application/json', 'x-carrick': '1' },
      });
      const told = [
        'content-type',
        'content-disposition',
        'content-length',
        'etag',
        'link',
        'retry-after',
        'location',
      ]
        .map((name) => `${name}: ${response.headers.get(name)}`)
        .join('\n');
      const body = (await response.text()).replaceAll(response.headers.get('x-li-uuid') ?? '\0', 'REQUEST');
      answers.set(`${JSON.stringify(each)}`, `${response.status}\n${told}\n${body}`);
    }
  }
  return answers;
}
