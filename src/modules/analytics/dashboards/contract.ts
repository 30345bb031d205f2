// Dashboards as others see them: saved reports beside one another, of one period. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';
import { scopeShape } from '../explorer/question-contract.ts';

export const WIDTHS = ['third', 'half', 'whole'] as const;
export type Width = (typeof WIDTHS)[number];
export const MOST_TILES = 24;

const tile = z.strictObject({
  /** of a saved report; one that was put away says so in its place */
  report: z.uuid(),
  width: z.enum(WIDTHS).default('half'),
});
export type Tile = z.infer<typeof tile>;

export const dashboardDefinition = z.strictObject({
  version: z.literal(1),
  /** all tiles are of it, whatever period their reports were saved with */
  period: scopeShape.period,
  compare: scopeShape.compare,
  tiles: z.array(tile).max(MOST_TILES, `A dashboard holds at most ${MOST_TILES} reports`),
});
export type DashboardDefinition = z.infer<typeof dashboardDefinition>;

const name = z.string().trim().min(1, 'Give the dashboard a name').max(120);
const dashboard = z.object({
  id: z.string(),
  name: z.string(),
  definition: dashboardDefinition,
  version: z.number(),
  updatedBy: z.string(),
  updatedAt: z.string(),
  archived: z.boolean(),
});
export type Dashboard = z.infer<typeof dashboard>;

const path = workspacePath.extend({ dashboard: z.uuid() });
const ALL = '/workspaces/{workspace}/dashboards';
const ONE = `${ALL}/{dashboard}` as const;
export const dashboardsContract = {
  dashboards: {
    list: route('analytics:read', 'GET', ALL, 'Dashboards of a company')
      .input(workspacePath.extend({ state: z.enum(['active', 'archived']).default('active') }))
      .output(z.array(dashboard)),
    create: route('analytics:manage', 'POST', ALL, 'Make a dashboard')
      .input(workspacePath.extend({ name, definition: dashboardDefinition }))
      .output(dashboard),
    update: route('analytics:manage', 'PATCH', ONE, 'Change a dashboard')
      .input(
        path.extend({
          name: name.optional(),
          definition: dashboardDefinition.optional(),
          /** the version that was changed, so that a change made meanwhile by someone else is not lost */
          version: z.number().int().min(1),
        }),
      )
      .output(dashboard),
    archive: route('analytics:manage', 'POST', `${ONE}/archive`, 'Put a dashboard away').input(path).output(dashboard),
    undo: route('analytics:manage', 'POST', `${ONE}/undo`, 'Take back the last change of a dashboard')
      .input(path)
      .output(dashboard),
  },
};
