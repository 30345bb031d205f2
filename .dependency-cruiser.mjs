// The boundaries of ARCHITECTURE.md, as rules whose comments say what to do instead.
/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'platform-knows-no-marketing',
      severity: 'error',
      comment: 'src/platform imports no module. Pass what is needed in from src/compose.ts, or publish an event.',
      from: { path: '^src/platform', pathNot: '\\.i?test\\.ts$' },
      to: { path: '^src/modules' },
    },
    {
      name: 'modules-meet-at-the-door',
      severity: 'error',
      comment: 'A module enters another only by its index.ts or contract.ts, its screens by ui/index.ts.',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/([^/]+)/', pathNot: '^src/modules/($1/|[^/]+/(ui/)?(index|contract)\\.ts$)' },
    },
    {
      name: 'screens-know-contracts-only',
      severity: 'error',
      comment: 'ui/ imports contracts, its own ui and src/web; the server side stays out of the browser.',
      from: { path: '^src/(modules|platform)/[^/]+/ui/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/((modules|platform)/[^/]+/ui/|web/|modules/contracts\\.ts|.*contract(-base)?\\.ts$|modules/analytics/report/vocabulary\\.ts$)',
      },
    },
    {
      name: 'web-knows-contracts-only',
      severity: 'error',
      comment: 'src/web imports contracts and screens, never the server side.',
      from: { path: '^src/web/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(web/|modules/(client|contracts|pages|texts)\\.ts|.*/ui/|.*contract(-base)?\\.ts$|modules/analytics/report/vocabulary\\.ts$)',
      },
    },
    {
      name: 'nobody-imports-the-entrances',
      severity: 'error',
      comment: 'server.ts and cli.ts compose; what they need belongs in platform or a module.',
      from: { path: '^src/', pathNot: '^src/(commands/|cli\\.ts)' },
      to: { path: '^src/(server|cli)\\.ts$' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Break the circle: move what both need down, or publish an event.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'the-outside-world-through-one-door',
      severity: 'error',
      comment: 'Only the guarded fetch talks to the outside world: take Outbound from src/platform/outbound.',
      from: { path: '^src/', pathNot: '^src/platform/(outbound|http|engines|database)/|\\.i?test\\.ts$' },
      to: { path: '^(node:)?(http|https|net|tls|dgram|http2)$|^node_modules/undici/' },
    },
    {
      name: 'mail-through-one-door',
      severity: 'error',
      comment: 'Mail leaves by src/platform/mail, whose sockets come from the guarded way out.',
      from: { path: '^src/', pathNot: '^src/platform/mail/' },
      to: { path: '^node_modules/nodemailer/' },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'This import leads nowhere.',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.(css|json|svg)$|^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
  },
};
