// The door of links: its router, its short addresses, and its part of the demo company.
export { demoLinks } from './demo/demo-links.ts';
export { linkFinder } from './finder.ts';
export { linksRouter } from './router.ts';
export { shortLinkRoutes } from './short/routes.ts';
export type { LinkTables } from './tables.ts';
