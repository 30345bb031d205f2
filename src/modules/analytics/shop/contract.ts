// The shop as others see it: how visitors become buyers, who buys again, and what is sold. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';
import { question, trust } from '../report/question-contract.ts';

/** What a table of the shop has a row for. */
export const SHOP_TABLES = ['product', 'category', 'brand', 'coupon', 'list'] as const;
export type ShopTable = (typeof SHOP_TABLES)[number];

const share = z.number().nullable();

export const shopAnswer = z.object({
  /** visitors who did each of these in the period, in any order */
  funnel: z.object({ viewed: z.number(), cart: z.number(), checkout: z.number(), bought: z.number() }),
  /** of those with something in the cart, and of those who began to check out: who did not buy; null without any */
  abandoned: z.object({ cart: share, checkout: share }),
  /** null without orders */
  itemsPerOrder: z.number().nullable(),
  buyers: z.object({
    all: z.number(),
    /** orders and their amount (minor units, before refunds) of who had not bought before, and of who had */
    new: z.object({ orders: z.number(), amount: z.number() }),
    repeat: z.object({ orders: z.number(), amount: z.number() }),
    /** of the period's buyers, who had bought twice or more by its end */
    repeatRate: share,
    /** from first to second order, of second orders in the period; the middle one */
    daysToSecond: z.number().nullable(),
  }),
  trust,
});
export type ShopAnswer = z.infer<typeof shopAnswer>;

const row = z.object({
  /** the product's number, or its name where it has none; '' where nothing is said */
  value: z.string(),
  label: z.string(),
  views: z.number(),
  carts: z.number(),
  checkouts: z.number(),
  orders: z.number(),
  items: z.number(),
  /** minor units of the company's currency, of items, before refunds */
  revenue: z.number(),
  refunded: z.number(),
  /** what was paid for those whose cost is known, without what was given back, less that cost; null where none is known */
  margin: z.number().nullable(),
  marginRate: share,
  /** of visitors who looked at it: who put it in the cart, and who bought it; null when nobody looked */
  cartRate: share,
  buyRate: share,
});
export type ShopRow = z.infer<typeof row>;

export const shopQuestion = z.object({ ...question });
export type ShopQuestion = z.output<typeof shopQuestion>;

const ALL = '/workspaces/{workspace}/shop';
export const shopContract = {
  shop: {
    summary: route('analytics:read', 'POST', ALL, 'How visitors become buyers, and who buys again')
      .input(workspacePath.extend(shopQuestion.shape))
      .output(shopAnswer),
    table: route(
      'analytics:read',
      'POST',
      `${ALL}/{table}`,
      'Products, categories, brands, coupons or lists of the shop',
    )
      .input(workspacePath.extend({ ...shopQuestion.shape, table: z.enum(SHOP_TABLES) }))
      .output(
        z.object({
          /** the most revenue first */
          rows: z.array(row),
          /** there are more than are given */
          cut: z.boolean(),
          trust,
        }),
      ),
  },
};
