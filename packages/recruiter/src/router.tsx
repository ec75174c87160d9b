import { MESSAGE_FOLDERS, type MessageFolder } from '@carrick/protocol/recruiter';
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { homeQuery } from './activities/queries.ts';
import { atsTabQuery, meQuery, profileQuery, searchQuery } from './api/queries.ts';
import { worthDoingQuery } from './home/queries.ts';
import { readJobsAddress } from './jobs/jobs-address.ts';
import { readPageAddress, readPaneAddress } from './profile/profile-address.ts';
import { readProjectAddress, readProjectsAddress } from './projects/project-address.ts';
import { projectQuery, projectsQuery } from './projects/queries.ts';
import { readMatchesAddress } from './review/matches-address.ts';
import { formatAddress, parseAddress, readSearchAddress, tidy } from './search/search-address.ts';
import { Crash, NotFound } from './shell/dead-ends.tsx';

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  notFoundComponent: NotFound,
  errorComponent: Crash,
});

/** What the platform says about signing in at a provider. */
const SIGN_IN_PROBLEMS = ['unavailable', 'expired', 'refused', 'no-seat'] as const;
type SignInProblem = (typeof SIGN_IN_PROBLEMS)[number];

/** An address of this app and of no other host: a single slash, and what follows is no second one. */
function readTo({ to }: Record<string, unknown>): { to?: string } {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) ? { to } : {};
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signin',
  validateSearch: (raw): { to?: string; problem?: SignInProblem } => {
    const problem = SIGN_IN_PROBLEMS.find((each) => each === raw.problem);
    return { ...readTo(raw), ...(problem && { problem }) };
  },
  component: lazyRouteComponent(() => import('./session/sign-in-page.tsx'), 'SignInPage'),
});

const forgottenRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgotten',
  component: lazyRouteComponent(() => import('./session/forgotten-page.tsx'), 'ForgottenPage'),
});

const passwordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/password',
  component: lazyRouteComponent(() => import('./session/password-page.tsx'), 'PasswordPage'),
});

const shell = lazyRouteComponent(() => import('./shell/shell.tsx'), 'Shell');
const searchPage = lazyRouteComponent(() => import('./search/search-page.tsx'), 'SearchPage');
/** Where most people come in. */
const ENTRANCES = ['/', '/search'];

const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    // On their way while the session is asked for, not after it.
    void shell.preload?.();
    if (ENTRANCES.includes(location.pathname)) void searchPage.preload?.();
    const me = await context.queryClient.ensureQueryData(meQuery);
    if (!me)
      throw redirect({ to: '/signin', search: location.pathname === '/' ? {} : { to: location.href } });
    return { me };
  },
  component: shell,
});

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/home', replace: true });
  },
});

const feedRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/home',
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(homeQuery);
    void context.queryClient.prefetchQuery(worthDoingQuery);
  },
  component: lazyRouteComponent(() => import('./home/home-page.tsx'), 'HomePage'),
});

const contractsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contracts',
  validateSearch: readTo,
  component: lazyRouteComponent(() => import('./session/contracts-page.tsx'), 'ContractsPage'),
});

const helpRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/help',
  component: lazyRouteComponent(() => import('./help/help-page.tsx'), 'HelpPage'),
});

const searchRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/search',
  validateSearch: (raw: Record<string, unknown>) => ({ ...readSearchAddress(raw), ...readPaneAddress(raw) }),
  // Who is open beside the results is no part of the search.
  loaderDeps: ({ search }) => ({ address: tidy(search) }),
  // Begun with the page's own code, not after it; the page shows how it went.
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(searchQuery(deps.address));
  },
  component: searchPage,
});

const messagesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/messages',
  validateSearch: (raw): { folder?: Exclude<MessageFolder, 'inbox'>; id?: string } => {
    const folder = MESSAGE_FOLDERS.find((each) => each === raw.folder);
    const id = typeof raw.id === 'string' && /^\d{1,15}$/.test(raw.id) ? raw.id : undefined;
    return { ...(folder && folder !== 'inbox' && { folder }), ...(id !== undefined && { id }) };
  },
  component: lazyRouteComponent(() => import('./conversations/inbox-page.tsx'), 'InboxPage'),
});

const personRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people/$id',
  validateSearch: readPageAddress,
  loaderDeps: ({ search }) => ({ showsAts: search.tab === 'ats' || search.only === 'ats' }),
  loader: ({ context, params, deps, preload }) => {
    // To ask for a profile is to have looked at it: pointing at a link must not count.
    if (preload) return;
    void context.queryClient.prefetchQuery(profileQuery(params.id));
    if (deps.showsAts) void context.queryClient.prefetchQuery(atsTabQuery(params.id));
  },
  component: lazyRouteComponent(() => import('./profile/profile-page.tsx'), 'ProfilePage'),
});

const matchesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/matches',
  validateSearch: readMatchesAddress,
  component: lazyRouteComponent(() => import('./review/review-page.tsx'), 'ReviewPage'),
});

const closedProfilesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/closed-profiles',
  component: lazyRouteComponent(() => import('./export/closed-profiles-page.tsx'), 'ClosedProfilesPage'),
});

const projectsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects',
  validateSearch: readProjectsAddress,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps: { sort, archived } }) => {
    void context.queryClient.prefetchQuery(projectsQuery(sort, archived === 'yes'));
  },
  component: lazyRouteComponent(() => import('./projects/projects-page.tsx'), 'ProjectsPage'),
});

const projectRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$id',
  validateSearch: readProjectAddress,
  loader: ({ context, params, preload }) => {
    // To ask for a project is to have used it: pointing at a link must not count.
    if (!preload) void context.queryClient.prefetchQuery(projectQuery(params.id));
  },
  component: lazyRouteComponent(() => import('./projects/project-page.tsx'), 'ProjectPage'),
});

const jobsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/jobs',
  validateSearch: readJobsAddress,
  component: lazyRouteComponent(() => import('./jobs/jobs-page.tsx'), 'JobsPage'),
});

const reportsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports',
  component: lazyRouteComponent(() => import('./reports/reports-page.tsx'), 'ReportsPage'),
});

const adminHomeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin',
  beforeLoad: () => {
    throw redirect({ to: '/admin/$section', params: { section: 'ats' }, search: {}, replace: true });
  },
});

const adminRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin/$section',
  validateSearch: (raw): { seat?: string } =>
    typeof raw.seat === 'string' || typeof raw.seat === 'number' ? { seat: String(raw.seat) } : {},
  component: lazyRouteComponent(() => import('./admin/admin-page.tsx'), 'AdminPage'),
});

/** A vendor's console: outside the shell, with a session of its own kind. */
const partnerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/partner',
  component: lazyRouteComponent(() => import('./partner-console/partner-page.tsx'), 'PartnerPage'),
});

const partnerCustomersRoute = createRoute({
  getParentRoute: () => partnerRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./partner-console/customers.tsx'), 'Customers'),
});

const partnerCustomerRoute = createRoute({
  getParentRoute: () => partnerRoute,
  path: '/customers/$id',
  component: lazyRouteComponent(() => import('./partner-console/customer.tsx'), 'Customer'),
});

const partnerAuditRoute = createRoute({
  getParentRoute: () => partnerRoute,
  path: '/audit',
  component: lazyRouteComponent(() => import('./partner-console/audit-page.tsx'), 'AuditPage'),
});

const partnerLogRoute = createRoute({
  getParentRoute: () => partnerRoute,
  path: '/log',
  component: lazyRouteComponent(() => import('./partner-console/request-log.tsx'), 'LogPage'),
});

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: rootRoute.addChildren([
      signInRoute,
      forgottenRoute,
      passwordRoute,
      partnerRoute.addChildren([
        partnerCustomersRoute,
        partnerCustomerRoute,
        partnerAuditRoute,
        partnerLogRoute,
      ]),
      shellRoute.addChildren([
        homeRoute,
        feedRoute,
        contractsRoute,
        helpRoute,
        searchRoute,
        messagesRoute,
        personRoute,
        projectsRoute,
        projectRoute,
        matchesRoute,
        closedProfilesRoute,
        jobsRoute,
        reportsRoute,
        adminHomeRoute,
        adminRoute,
      ]),
    ]),
    context: { queryClient },
    parseSearch: parseAddress,
    stringifySearch: formatAddress,
    // What a route did not read from the address does not reach its page.
    search: { strict: true },
    scrollRestoration: true,
    getScrollRestorationKey: ({ state, href }) => state.listKey ?? state.__TSR_key ?? href,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
  interface HistoryState {
    /** Of an entry that shows a person beside a list: the entry of the list alone, one step back. They scroll as one. */
    listKey?: string;
  }
}
