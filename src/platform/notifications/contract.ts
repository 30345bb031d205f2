// What a person is told in the product. Browser-safe.
import { z } from 'zod';
import { route } from '../api/contract-base.ts';
import { workspacePath } from '../workspaces/contract.ts';

const at = '/workspaces/{workspace}/notifications' as const;
const notification = z.object({
  id: z.uuid(),
  /** i18n key below `notifications.kind`, dots as dashes */
  kind: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  /** screen below the company's address */
  path: z.string().nullable(),
  at: z.string(),
  read: z.boolean(),
});
export type Notification = z.infer<typeof notification>;

export const notificationsContract = {
  notifications: {
    list: route('workspace:read', 'GET', at, 'What the signed-in person was told, newest first')
      .input(
        workspacePath.extend({
          before: z.uuid().optional(),
          limit: z.coerce.number().int().min(1).max(100).default(20),
        }),
      )
      .output(z.object({ unread: z.number(), notifications: z.array(notification) })),
    read: route('workspace:read', 'POST', `${at}/read`, 'Mark what was read: one, or everything up to now')
      .input(workspacePath.extend({ notification: z.uuid().optional() }))
      .output(z.object({ unread: z.number() })),
  },
};
