// The addresses of the product. Screens of a company come from the modules' list; each is loaded when first opened.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { pages } from '../modules/pages.ts';
import { Crash } from './screens/crash.tsx';
import { Home } from './screens/home.tsx';
import { NotFound } from './screens/not-found.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Crash });

const screen = (path: string, load: () => Promise<{ default: () => React.ReactNode }>) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) });

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });

const workspace = createRoute({
  getParentRoute: () => root,
  path: '/w/$workspace',
  component: Shell,
});
const workspaceHome = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$workspace/overview', params, replace: true } as never);
  },
});
const workspacePages = pages.map((page) =>
  createRoute({
    getParentRoute: () => workspace,
    path: page.path,
    component: lazyRouteComponent(page.load),
  }),
);

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    screen('/setup', () => import('../platform/workspaces/ui/setup.tsx')),
    screen('/sign-in', () => import('../platform/workspaces/ui/sign-in.tsx')),
    screen('/forgot-password', () => import('../platform/mail/ui/forgot-password.tsx')),
    screen('/new-password', () => import('../platform/mail/ui/new-password.tsx')),
    screen('/invite/$id', () => import('../platform/workspaces/ui/invite.tsx')),
    screen('/shared', () => import('../modules/analytics/ui/sharing/shared-page.tsx')),
    screen('/new-company', () => import('../platform/workspaces/ui/new-company.tsx')),
    workspace.addChildren([workspaceHome, ...workspacePages]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: Crash,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});
