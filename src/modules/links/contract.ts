// Links as others see them: tagged addresses, their short addresses, and what each brought. Browser-safe.
import { z } from 'zod';
import { route } from '../../platform/api/contract-base.ts';
import { workspacePath } from '../../platform/workspaces/contract.ts';
import { question, trust } from '../analytics/contract.ts';
import { bulkRoutes } from './bulk/contract.ts';
import { breach, convention, tags } from './convention-contract.ts';
import { hiddenRoutes } from './hidden/contract.ts';
import { tagRoutes } from './tags/contract.ts';

const name = z.string().trim().min(1, 'Give the link a name').max(160);
const target = z.string().trim().min(1, 'Give the address of the page').max(2000);
/** of a short address: what can be read aloud and typed */
const code = z.string().regex(/^[A-Za-z0-9_-]{3,40}$/, 'A short address has 3 to 40 letters, digits, - and _');
const lastDay = z.iso.date('Use a date like 2026-11-23').nullable();
const link = z.object({
  id: z.string(),
  name: z.string(),
  /** without our tags */
  target: z.string(),
  ...tags.shape,
  /** the target with its tags */
  url: z.string(),
  /** the short address, and the one a QR code carries */
  short: z.string(),
  scan: z.string(),
  channel: z.string(),
  /** the target is a page of one of the company's sites, so its visits are seen */
  own: z.boolean(),
  active: z.boolean(),
  /** the last day it works, in the company's zone; null: for good */
  lastDay: z.string().nullable(),
  version: z.number(),
  createdAt: z.string(),
  createdBy: z.string(),
  updatedBy: z.string(),
  archived: z.boolean(),
});
export type Link = z.infer<typeof link>;

const preview = z.object({
  /** null while the target is no address */
  url: z.string().nullable(),
  /** why it is none */
  problem: z.enum(['empty', 'not-an-address', 'not-http', 'too-long', 'password']).nullable(),
  /** the channel its visits will fall in */
  channel: z.string(),
  own: z.boolean(),
  breaches: z.array(breach),
  /** tags that stand in the target and are replaced */
  replaced: z.array(z.string()),
  /** other links with the very same tags: their visits can't be told apart from this one's */
  alike: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type LinkPreview = z.infer<typeof preview>;

const figures = z.object({
  id: z.string(),
  /** of the short address by people: pressed, and scanned as a QR code */
  clicks: z.number(),
  scans: z.number(),
  robots: z.number(),
  /** of visits that carry the link's tags; null where they can't be seen */
  visits: z.number().nullable(),
  conversions: z.number().nullable(),
  revenue: z.number().nullable(),
});
export type LinkFigures = z.infer<typeof figures>;

const path = workspacePath.extend({ link: z.uuid() });
const ALL = '/workspaces/{workspace}/links';
const ONE = '/workspaces/{workspace}/links/{link}';
const given = { name, target, ...tags.shape, lastDay: lastDay.default(null), active: z.boolean().default(true) };
const counted = z.object({ clicks: z.number(), scans: z.number(), robots: z.number() });

export const linksContract = {
  links: {
    list: route('analytics:read', 'GET', ALL, 'Tagged links of a company')
      .input(
        workspacePath.extend({
          state: z.enum(['active', 'archived']).default('active'),
          /** in the name, the address and the tags */
          find: z.string().max(200).optional(),
        }),
      )
      .output(z.array(link)),
    create: route('analytics:manage', 'POST', ALL, 'Keep a tagged link; it gets a short address')
      .input(workspacePath.extend({ ...given, code: code.optional() }))
      .output(link),
    update: route('analytics:manage', 'PATCH', ONE, 'Change a link; its short address stays')
      .input(
        path.extend({
          name: name.optional(),
          target: target.optional(),
          source: tags.shape.source.unwrap().optional(),
          medium: tags.shape.medium.unwrap().optional(),
          campaign: tags.shape.campaign.unwrap().optional(),
          content: tags.shape.content.unwrap().optional(),
          term: tags.shape.term.unwrap().optional(),
          lastDay: lastDay.optional(),
          active: z.boolean().optional(),
          version: z.number().int().min(1),
        }),
      )
      .output(link),
    archive: route('analytics:manage', 'POST', `${ONE}/archive`, 'Put a link away; its short address goes on working')
      .input(path)
      .output(link),
    undo: route('analytics:manage', 'POST', `${ONE}/undo`, 'Take back the last change of a link')
      .input(path)
      .output(link),
    preview: route(
      'analytics:read',
      'POST',
      `${ALL}/preview`,
      'The address with tags, its channel, and what breaks the convention',
    )
      .input(workspacePath.extend({ target: z.string().max(4000), ...tags.shape, link: z.uuid().optional() }))
      .output(preview),
    figures: route(
      'analytics:read',
      'POST',
      `${ALL}/figures`,
      'Clicks, visits, conversions and revenue of each link in a period',
    )
      .input(
        workspacePath.extend({
          ...question,
          /** what counts as a conversion; orders when left out */
          goal: z.uuid().optional(),
        }),
      )
      .output(z.object({ rows: z.array(figures), trust })),
    clicks: route('analytics:read', 'GET', `${ONE}/clicks`, 'Clicks of one short address by day, country and device')
      .input(path.extend({ from: z.iso.date(), to: z.iso.date() }))
      .output(
        z.object({
          days: z.array(counted.extend({ day: z.string() })),
          /** of people, the most first */
          countries: z.array(z.object({ value: z.string(), count: z.number() })),
          devices: z.array(z.object({ value: z.string(), count: z.number() })),
        }),
      ),
    convention: route(
      'analytics:read',
      'GET',
      `${ALL}/convention`,
      'How the company writes its tags, and its domain of short links',
    )
      .input(workspacePath)
      .output(z.object({ convention, domain: z.string().nullable(), address: z.string() })),
    setConvention: route('analytics:manage', 'PUT', `${ALL}/convention`, 'Change how the company writes its tags')
      .input(workspacePath.extend({ convention }))
      .output(z.object({ convention })),
    setDomain: route('analytics:manage', 'PUT', `${ALL}/domain`, 'Choose the domain of the short links')
      .input(
        workspacePath.extend({
          domain: z
            .string()
            .trim()
            .toLowerCase()
            .max(253)
            .regex(
              /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}$/,
              'Give a host name like go.shop.example',
            )
            .nullable(),
        }),
      )
      .output(z.object({ domain: z.string().nullable(), address: z.string() })),
  },
  tagFaults: tagRoutes,
  hiddenTraffic: hiddenRoutes,
  bulkLinks: bulkRoutes,
};
