// Saved reports of the demo company: one of each form, as a marketer would keep them.
import { type ExplorerInput, explorerQuestion } from '../explorer/question-contract.ts';
import { keptReports } from '../explorer/saved-reports.ts';
import type { Db } from '../sites/sites.ts';

const REPORTS: readonly { name: string; description: string; definition: Omit<ExplorerInput, 'version'> }[] = [
  {
    name: 'Revenue by channel, week by week',
    description: 'For the Monday meeting: which channels carry the sales.',
    definition: {
      measures: ['revenue', 'orders'],
      dimensions: ['week', 'channel'],
      period: '90d',
      form: 'area',
      top: 5,
    },
  },
  {
    name: 'When visitors come',
    description: 'Weekday by hour: when to send mail and when to have someone at the chat.',
    definition: { measures: ['visits'], dimensions: ['weekday', 'hourOfDay'], period: '90d', form: 'heat' },
  },
  {
    name: 'Campaigns: cost and orders',
    description: '',
    definition: {
      measures: ['cost', 'visits', 'orders', 'revenue'],
      dimensions: ['channel', 'campaign'],
      sort: '-cost',
      top: 25,
    },
  },
  {
    name: 'Devices',
    description: '',
    definition: { measures: ['visits', 'bounceRate'], dimensions: ['device'], form: 'pie' },
  },
  {
    name: 'Countries',
    description: '',
    definition: { measures: ['visitors', 'revenue'], dimensions: ['country'], form: 'map', top: 25 },
  },
  {
    name: 'Landing pages that lose visitors',
    description: 'The most visited first pages with their bounce rate, to see which text to rewrite.',
    definition: { measures: ['visits', 'bounceRate', 'visitDuration'], dimensions: ['landingPage'], form: 'bar' },
  },
];

export async function demoReports(db: Db, workspace: string): Promise<void> {
  for (const { definition, ...named } of REPORTS) {
    const question = explorerQuestion.parse({ version: 1, ...definition });
    await keptReports(db).create(workspace, { ...named, definition: question }, 'Tradewind');
  }
}
