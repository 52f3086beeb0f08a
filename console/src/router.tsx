import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { Failed } from './look/Failed.js';
import type { FlowSearch } from './pages/flow/flow-search.js';
import { FlowsPage, type FlowsSearch } from './pages/flows/FlowsPage.js';
import { NotFound } from './pages/NotFound.js';
import { Shell } from './pages/Shell.js';
import { SignedIn } from './pages/SignedIn.js';

/** The places of the console. What stands in the address after `?` is read and checked here, so that every page can be linked to. */
const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });
const signInRoute = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./pages/sign-in/SignInPage.js'), 'SignInPage'),
});
const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: SignedIn });
const shell = createRoute({ getParentRoute: () => signedIn, id: 'shell', component: Shell });

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const flowsRoute = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: FlowsPage,
  validateSearch: (search: Record<string, unknown>): FlowsSearch => ({
    ...(text(search['text']) ? { text: text(search['text']) } : {}),
    ...(search['state'] === 'ONLINE' || search['state'] === 'OFFLINE' ? { state: search['state'] } : {}),
    ...(text(search['sort']) ? { sort: text(search['sort']) } : {}),
  }),
});
const newRoute = createRoute({
  getParentRoute: () => shell,
  path: '/new',
  component: lazyRouteComponent(() => import('./pages/new/NewPage.js'), 'NewPage'),
});
const channelsRoute = createRoute({
  getParentRoute: () => shell,
  path: '/channels',
  component: lazyRouteComponent(() => import('./pages/channels/ChannelsPage.js'), 'ChannelsPage'),
});
const newChannelRoute = createRoute({
  getParentRoute: () => shell,
  path: '/channels/new',
  component: lazyRouteComponent(() => import('./pages/channels/ChannelPage.js'), 'ChannelPage'),
});
const channelRoute = createRoute({
  getParentRoute: () => shell,
  path: '/channels/$id',
  component: lazyRouteComponent(() => import('./pages/channels/ChannelPage.js'), 'ChannelPage'),
});
const keysRoute = createRoute({
  getParentRoute: () => shell,
  path: '/keys',
  component: lazyRouteComponent(() => import('./pages/keys/KeysPage.js'), 'KeysPage'),
});

const flowRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/flows/$code',
  component: lazyRouteComponent(() => import('./pages/flow/FlowPage.js'), 'FlowPage'),
  validateSearch: (search: Record<string, unknown>): FlowSearch => ({
    ...(search['tab'] === 'history' ? { tab: 'history' } : {}),
    ...(text(search['node']) ? { node: text(search['node']) } : {}),
  }),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signInRoute,
    signedIn.addChildren([shell.addChildren([flowsRoute, newRoute, channelsRoute, newChannelRoute, channelRoute, keysRoute]), flowRoute]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error, reset }) => <Failed error={error instanceof Error ? error : new Error(String(error))} again={reset} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
