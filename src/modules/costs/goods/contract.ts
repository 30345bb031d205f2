// What products cost the company, by the day it holds from: margin is made of it. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';

const goodsCost = z.object({
  id: z.string(),
  /** the product's number as the shop tells it, its name where it has none */
  product: z.string(),
  /** holds until the product's next one */
  fromDay: z.string(),
  /** minor units of `currency` */
  cost: z.number(),
  currency: z.string(),
  updatedAt: z.string(),
});
export type GoodsCost = z.infer<typeof goodsCost>;

const ALL = '/workspaces/{workspace}/goods-costs';
export const goodsRoutes = {
  list: route('costs:read', 'GET', ALL, 'What products cost, all days, by product and the newest first')
    .input(workspacePath.extend({ find: z.string().trim().max(200).default('') }))
    .output(z.object({ costs: z.array(goodsCost), products: z.number(), cut: z.boolean() })),
  set: route('costs:manage', 'POST', ALL, 'Say what a product costs from a day on')
    .input(
      workspacePath.extend({
        product: z.string().trim().min(1, 'Name the product by its number').max(300),
        fromDay: z.iso.date('Use a date like 2026-11-23'),
        cost: z.string().regex(/^\d{1,13}(\.\d{1,4})?$/, 'A cost is a number like 119.50'),
        currency: z.string().regex(/^[A-Z]{3}$/, 'A currency is a three-letter code like EUR'),
      }),
    )
    .output(goodsCost),
  remove: route('costs:manage', 'DELETE', `${ALL}/{cost}`, 'Take back what a product costs from a day on')
    .input(workspacePath.extend({ cost: z.uuid() }))
    .output(z.object({ removed: z.boolean() })),
};
