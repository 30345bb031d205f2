// Visits whose source is hidden: how many, and by which sign each is told. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';
import { question, trust } from '../../analytics/contract.ts';

/**
 * A visit has one sign, the first that fits. `in-app`: begun inside an app (Telegram, Instagram, VK …) that names no source; `deep`: Direct on a
 * page whose address nobody types; `payment`: a visit that begins anew when people come back from paying; `own-site`: from another page of
 * the company's own; `unassigned`: tags no rule knows; `plain`: Direct on the home page, as it should be.
 */
export const SIGNS = ['in-app', 'deep', 'payment', 'own-site', 'unassigned', 'plain'] as const;
export type Sign = (typeof SIGNS)[number];

const found = z.object({
  sign: z.enum(SIGNS),
  visits: z.number(),
  /** the most frequent first pages of such visits, and what names them: the app, the referrer, the tags */
  pages: z.array(z.object({ page: z.string(), visits: z.number() })),
  names: z.array(z.object({ name: z.string(), visits: z.number() })),
});
export type HiddenTraffic = z.infer<typeof found>;

export const hiddenRoutes = {
  find: route(
    'analytics:read',
    'POST',
    '/workspaces/{workspace}/hidden-traffic',
    'Visits whose source is hidden, by sign',
  )
    .input(workspacePath.extend(question))
    .output(
      z.object({
        /** of the period, robots and servers left out */
        visits: z.number(),
        signs: z.array(found),
        trust,
      }),
    ),
};
