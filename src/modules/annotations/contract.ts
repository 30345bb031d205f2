// Annotations as others see them: what happened on a day, shown on charts. Browser-safe.
import { z } from 'zod';
import { route } from '../../platform/api/contract-base.ts';
import { workspacePath } from '../../platform/workspaces/contract.ts';

const day = z.iso.date('Use a date like 2026-11-23');
const text = z.string().trim().min(1, 'Write what happened').max(300);
const annotation = z.object({
  id: z.uuid(),
  /** null: all sites */
  site: z.uuid().nullable(),
  day: z.string(),
  text: z.string(),
  createdBy: z.string(),
});
const at = '/workspaces/{workspace}/annotations' as const;
const one = workspacePath.extend({ annotation: z.uuid() });

export const annotationsContract = {
  annotations: {
    list: route('analytics:read', 'GET', at, 'What happened in a period, newest first')
      .input(workspacePath.extend({ from: day.optional(), to: day.optional(), site: z.uuid().optional() }))
      .output(z.array(annotation)),
    create: route('analytics:manage', 'POST', at, 'Note what happened on a day')
      .input(workspacePath.extend({ site: z.uuid().nullable().default(null), day, text }))
      .output(annotation),
    update: route('analytics:manage', 'PATCH', `${at}/{annotation}`, 'Change a note')
      .input(one.extend({ day: day.optional(), text: text.optional() }))
      .output(annotation),
    remove: route('analytics:manage', 'DELETE', `${at}/{annotation}`, 'Take a note off')
      .input(one)
      .output(z.object({ removed: z.boolean() })),
  },
};
