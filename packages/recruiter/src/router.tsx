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
import { readMatchesAddress } from './review/matches-address.ts';
import { formatAddress, parseAddress, readSearchAddress } from './search/search-address.ts';
import { Crash, NotFound } from './shell/dead-ends.tsx';

export const PROFILE_TABS = ['profile', 'ats', 'messages', 'activities'] as const;
export type ProfileTabId = (typeof PROFILE_TABS)[number];

/** `only=ats` narrows the page to what the ATS knows. */
export interface ProfileAddress {
  tab?: 'ats' | 'messages' | 'activities';
  only?: 'ats';
}

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  notFoundComponent: NotFound,
  errorComponent: Crash,
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signin',
  validateSearch: (raw): { to?: string } => {
    const to = raw.to;
    // An address of this app and of no other host: a single slash, and what follows is no second one.
    return typeof to === 'string' && /^\/(?![/\\])/.test(to) ? { to } : {};
  },
  component: lazyRouteComponent(() => import('./session/sign-in-page.tsx'), 'SignInPage'),
});

const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    const me = await context.queryClient.ensureQueryData(meQuery);
    if (!me)
      throw redirect({ to: '/signin', search: location.pathname === '/' ? {} : { to: location.href } });
    return { me };
  },
  component: lazyRouteComponent(() => import('./shell/shell.tsx'), 'Shell'),
});

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/search', replace: true });
  },
});

const feedRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/home',
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(homeQuery);
  },
  component: lazyRouteComponent(() => import('./activities/home-page.tsx'), 'HomePage'),
});

const searchRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/search',
  validateSearch: readSearchAddress,
  loaderDeps: ({ search }) => ({ address: search }),
  // Begun with the page's own code, not after it; the page shows how it went.
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(searchQuery(deps.address));
  },
  component: lazyRouteComponent(() => import('./search/search-page.tsx'), 'SearchPage'),
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
  validateSearch: (raw): ProfileAddress => ({
    ...((raw.tab === 'ats' || raw.tab === 'messages' || raw.tab === 'activities') && { tab: raw.tab }),
    ...(raw.only === 'ats' && { only: 'ats' }),
  }),
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

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: rootRoute.addChildren([
      signInRoute,
      shellRoute.addChildren([
        homeRoute,
        closedProfilesRoute,
        feedRoute,
        searchRoute,
        messagesRoute,
        personRoute,
        matchesRoute,
      ]),
    ]),
    context: { queryClient },
    parseSearch: parseAddress,
    stringifySearch: formatAddress,
    // What a route did not read from the address does not reach its page.
    search: { strict: true },
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
