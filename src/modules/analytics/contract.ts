// Analytics as others see it: sites, consent texts and reports. Browser-safe.
import { z } from 'zod';
import { route } from '../../platform/api/contract-base.ts';
import { siteHost, workspacePath } from '../../platform/workspaces/contract.ts';
import { type Filter, filter, property } from './report/filter-contract.ts';
import { measure, question, trust } from './report/question-contract.ts';
import { segmentRoutes } from './segments/contract.ts';

export { actsContract } from './acts/contract.ts';
export { alarmsContract } from './alarms/contract.ts';
export { careContract } from './care/contract.ts';
export { dashboardsContract } from './dashboards/contract.ts';
export { explorerContract } from './explorer/contract.ts';
export { funnelsContract } from './funnels/contract.ts';
export { type GoalDefinition, goalDefinition, goalsContract } from './goals/contract.ts';
export { logImportContract } from './import-log/contract.ts';
export { mailingsContract } from './mailings/contract.ts';
export { pathsContract } from './paths/contract.ts';
export type { Act } from './report/filter-contract.ts';
export { retentionContract } from './retention/contract.ts';
export { sharingContract } from './sharing/contract.ts';
export { shopContract } from './shop/contract.ts';

const site = z.object({
  id: z.uuid(),
  /** the public key that the line on the site carries */
  key: z.string(),
  host: z.string(),
  /** other host names that belong to the site */
  otherHosts: z.array(z.string()),
  snippet: z.string(),
  /** when the newest event became known; null while nothing has come */
  lastEventAt: z.string().nullable(),
  createdAt: z.string(),
});
const sitePath = workspacePath.extend({ site: z.uuid() });

export const CONSENT_MODES = ['opt-in', 'notice', 'off'] as const;
const consentText = z.object({
  mode: z.enum(CONSENT_MODES),
  title: z.string().max(120),
  text: z.string().max(2000),
  accept: z.string().max(40),
  decline: z.string().max(40),
  policyUrl: z.union([z.literal(''), z.url()]),
});

export { type Filter, filter, measure, question, trust };

export const reportQuery = z.strictObject({
  ...question,
  measures: z.array(measure).min(1).max(24),
  dimensions: z.array(property).max(4).default([]),
  /** answer as it was known at this moment */
  asOf: z.iso.datetime({ offset: true }).optional(),
  robots: z.enum(['exclude', 'include', 'only']).default('exclude'),
  /** measure or dimension id; a leading minus means descending */
  sort: z.string().max(80).optional(),
  limit: z.number().int().min(1).max(100_000).default(1000),
  offset: z.number().int().min(0).max(1_000_000).default(0),
});
export type ReportQuery = z.input<typeof reportQuery>;

const cell = z.union([z.string(), z.number(), z.null()]);
export const reportAnswer = z.object({
  rows: z.array(z.record(z.string(), cell)),
  totals: z.record(z.string(), cell),
  /** how many rows there are before limit and offset; null when it was not counted */
  rowCount: z.number().nullable(),
  trust,
});
export type ReportAnswer = z.infer<typeof reportAnswer>;

const described = z.object({
  id: z.string(),
  unit: z.enum(['count', 'ratio', 'share', 'milliseconds', 'speed', 'money', 'bytes']),
  /** 1: more is better, -1: less is better, 0: neither */
  direction: z.union([z.literal(1), z.literal(-1), z.literal(0)]),
  /** whether the figures of parts may be added up */
  adds: z.boolean(),
  /** what it can be split and filtered by: see report/combinations-contract.ts */
  needs: z.enum(['anything', 'visits', 'costs']),
});
const dimensionDescribed = z.object({
  id: z.string(),
  /** known of whole visits; several values in one visit; known of costs */
  visit: z.boolean(),
  many: z.boolean(),
  cost: z.boolean(),
  time: z.boolean(),
});

export const analyticsContract = {
  sites: {
    list: route('analytics:read', 'GET', '/workspaces/{workspace}/sites', 'Sites of a company')
      .input(workspacePath)
      .output(z.array(site)),
    create: route('analytics:manage', 'POST', '/workspaces/{workspace}/sites', 'Add a site')
      .input(workspacePath.extend({ host: siteHost }))
      .output(site),
    update: route('analytics:manage', 'PATCH', '/workspaces/{workspace}/sites/{site}', 'Change a site')
      .input(sitePath.extend({ host: siteHost.optional(), otherHosts: z.array(siteHost).max(50).optional() }))
      .output(site),
  },
  consent: {
    get: route('analytics:read', 'GET', '/workspaces/{workspace}/sites/{site}/consent', 'Texts of the consent banner')
      .input(sitePath)
      .output(z.object({ version: z.number(), texts: z.record(z.string(), consentText) })),
    set: route(
      'analytics:manage',
      'PUT',
      '/workspaces/{workspace}/sites/{site}/consent',
      'Publish a new version of the consent texts',
    )
      .input(sitePath.extend({ texts: z.partialRecord(z.enum(['en', 'ru']), consentText) }))
      .output(z.object({ version: z.number() })),
  },
  reports: {
    run: route('analytics:read', 'POST', '/workspaces/{workspace}/reports', 'Run a report')
      .input(workspacePath.extend(reportQuery.shape))
      .output(reportAnswer),
    live: route('analytics:read', 'GET', '/workspaces/{workspace}/reports/live', 'Visitors of the last five minutes')
      .input(workspacePath.extend({ site: z.string().max(260).optional() }))
      .output(
        z.object({
          visitors: z.number(),
          /** where they are, the fullest first, ten at most */
          pages: z.array(z.object({ page: z.string(), visitors: z.number() })),
          at: z.string(),
          /** when the newest event became known */
          freshTo: z.string().nullable(),
        }),
      ),
    vocabulary: route('analytics:read', 'GET', '/workspaces/{workspace}/reports/vocabulary', 'Measures and dimensions')
      .input(workspacePath)
      .output(z.object({ measures: z.array(described), dimensions: z.array(dimensionDescribed) })),
  },
  segments: segmentRoutes,
  demo: {
    start: route('signed-in', 'POST', '/demo', 'Make (or find) the demo company to look around in')
      .input(z.object({}).optional())
      .output(z.object({ workspace: z.uuid(), done: z.number(), ready: z.boolean() })),
    status: route('signed-in', 'GET', '/demo', 'How far the demo company is').output(
      z.object({ workspace: z.uuid().nullable(), done: z.number(), ready: z.boolean() }),
    ),
  },
};
