// Costs, exchange rates and VAT as others see them. Browser-safe.
import { z } from 'zod';
import { route } from '../../platform/api/contract-base.ts';
import { workspacePath } from '../../platform/workspaces/contract.ts';
import { goodsRoutes } from './goods/contract.ts';

const day = z.iso.date('Use a date like 2026-11-23');
const currency = z.string().regex(/^[A-Z]{3}$/, 'A currency is a three-letter code like EUR');
const decimal = z.string().regex(/^-?\d{1,13}(\.\d{1,4})?$/, 'An amount is a number like 1990.50');
const word = z.string().trim().max(300).default('');
const period = z
  .object({ from: day, to: day })
  .refine(({ from, to }) => from < to, 'The period must end after it begins');

export const costInput = z.object({
  site: z.uuid(),
  day,
  source: word,
  medium: word,
  campaign: word,
  content: word,
  term: word,
  /** path of the landing page */
  page: word,
  /** a decimal number as text, in `currency` */
  amount: decimal,
  currency,
  /** the amount holds VAT: it is taken out at the company's rate of that day */
  vatIncluded: z.boolean().default(false),
});
export type CostInput = z.input<typeof costInput>;

const group = z.object({
  feed: z.string(),
  source: z.string(),
  medium: z.string(),
  campaign: z.string(),
  page: z.string(),
  channel: z.string(),
  currency: z.string(),
  /** minor units, without VAT */
  amount: z.number(),
  vat: z.number(),
  /** null: the feed doesn't say */
  clicks: z.number().nullable(),
  firstDay: z.string(),
  lastDay: z.string(),
});
const cost = group.omit({ firstDay: true, lastDay: true }).extend({
  id: z.uuid(),
  site: z.uuid(),
  day: z.string(),
  content: z.string(),
  term: z.string(),
  updatedAt: z.string(),
});
const restated = z.object({
  known: z.string(),
  day: z.string(),
  feed: z.string(),
  source: z.string(),
  medium: z.string(),
  campaign: z.string(),
  currency: z.string(),
  /** minor units by which the figure of that day moved */
  amount: z.number(),
});
const rate = z.object({
  id: z.uuid(),
  day: z.string(),
  currency: z.string(),
  toCurrency: z.string(),
  /** a decimal number as text */
  rate: z.string(),
  source: z.string(),
});
const bank = z.object({
  /** id of the connection */
  id: z.uuid(),
  provider: z.string(),
  name: z.string(),
  state: z.enum(['new', 'works', 'fails', 'off']),
  fetchedAt: z.string().nullable(),
  /** new or changed rates of the last time */
  stored: z.number().nullable(),
});
const vatRate = z.object({ id: z.uuid(), fromDay: z.string(), percent: z.number() });
const removed = z.object({ removed: z.boolean() });

const at = '/workspaces/{workspace}/costs' as const;
export const costsContract = {
  costs: {
    list: route('costs:read', 'GET', at, 'Costs of a period by feed, source, medium, campaign and page')
      .input(workspacePath.extend(period.shape))
      .output(z.object({ groups: z.array(group), more: z.boolean() })),
    rows: route('costs:read', 'GET', `${at}/rows`, 'Cost rows of a period, newest day first')
      .input(
        workspacePath
          .extend(period.shape)
          .extend({ feed: z.string().max(120).optional(), offset: z.coerce.number().int().min(0).default(0) }),
      )
      .output(z.object({ rows: z.array(cost), count: z.number() })),
    restated: route('costs:read', 'GET', `${at}/restated`, 'Past costs that were corrected, and when it became known')
      .input(workspacePath.extend(period.shape))
      .output(z.array(restated)),
    set: route('costs:manage', 'POST', at, 'Enter what something cost on a day')
      .input(workspacePath.extend(costInput.shape))
      .output(z.object({ id: z.uuid().nullable(), change: z.enum(['added', 'changed', 'same']) })),
    remove: route('costs:manage', 'DELETE', `${at}/rows/{cost}`, 'Take back a cost that was entered by hand')
      .input(workspacePath.extend({ cost: z.uuid() }))
      .output(removed),
  },
  goodsCosts: goodsRoutes,
  rates: {
    list: route('costs:read', 'GET', '/workspaces/{workspace}/rates', 'Exchange rates, newest first')
      .input(workspacePath.extend({ currency: currency.optional() }))
      .output(z.array(rate)),
    set: route('costs:manage', 'POST', '/workspaces/{workspace}/rates', 'Enter the rate of a day')
      .input(
        workspacePath.extend({
          day,
          currency,
          toCurrency: currency,
          rate: z
            .string()
            .regex(/^\d{1,12}(\.\d{1,12})?$/, 'A rate is a number like 1.0842')
            .refine((r) => Number(r) > 0, 'A rate is more than 0'),
        }),
      )
      .output(z.object({ id: z.uuid() })),
    banks: route('costs:read', 'GET', '/workspaces/{workspace}/rates/banks', 'Banks whose rates come by themselves')
      .input(workspacePath)
      .output(z.array(bank)),
    fetch: route(
      'costs:manage',
      'POST',
      '/workspaces/{workspace}/rates/banks/{connection}',
      'Fetch rates of a bank now',
    )
      .input(workspacePath.extend({ connection: z.uuid() }))
      .output(z.object({ run: z.string() })),
    importFile: route('costs:manage', 'POST', '/workspaces/{workspace}/rates/file', 'Take rates from a file of a bank')
      /** id of an uploaded file */
      .input(workspacePath.extend({ file: z.uuid() }))
      .output(z.object({ source: z.string(), read: z.number(), stored: z.number(), from: z.string(), to: z.string() })),
    remove: route('costs:manage', 'DELETE', '/workspaces/{workspace}/rates/{rate}', 'Take back a rate')
      .input(workspacePath.extend({ rate: z.uuid() }))
      .output(removed),
  },
  vat: {
    list: route('costs:read', 'GET', '/workspaces/{workspace}/vat', 'VAT rates of the company by date')
      .input(workspacePath)
      .output(z.array(vatRate)),
    set: route('costs:manage', 'POST', '/workspaces/{workspace}/vat', 'Enter the VAT rate from a day on')
      .input(workspacePath.extend({ fromDay: day, percent: z.number().min(0).max(100) }))
      .output(z.object({ id: z.uuid() })),
    remove: route('costs:manage', 'DELETE', '/workspaces/{workspace}/vat/{rate}', 'Take back a VAT rate')
      .input(workspacePath.extend({ rate: z.uuid() }))
      .output(removed),
  },
};
