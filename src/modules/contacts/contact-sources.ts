// Numbers and promo codes, kept like goals; no two of them are the same.
import { ORPCError } from '@orpc/server';
import { KeptRecords, type Stored } from '../../platform/kept/kept.ts';
import { deriveSource } from '../analytics/index.ts';
import { type ContactSource, type ContactSourceDefinition, contactSourceDefinition, digitsOf } from './contract.ts';
import type { Db } from './tables.ts';

interface Own {
  definition: ContactSourceDefinition;
}
export type SourceRow = Stored<Own>;

/** Two spellings of a number or a code are one. */
export const keyOf = ({ kind, value }: Pick<ContactSourceDefinition, 'kind' | 'value'>): string =>
  kind === 'phone' ? `phone ${digitsOf(value)}` : `promo ${value.toLowerCase()}`;

export const keptSources = (db: Db): KeptRecords<Own> =>
  new KeptRecords<Own>(db, {
    noun: 'contact_source',
    called: 'a number or code',
    columns: { definition: 'json' },
    async check(asked, workspace, id, { definition }) {
      const rows = await (asked as unknown as Db)
        .selectFrom('contact_source')
        .select(['id', 'name', 'definition'])
        .where('workspace', '=', workspace)
        .where('archived_at', 'is', null)
        .where('id', '!=', id)
        .execute();
      const same = rows.find((row) => keyOf(row.definition) === keyOf(definition));
      if (same)
        throw new ORPCError('CONFLICT', {
          message: `"${same.name}" has this ${definition.kind === 'phone' ? 'number' : 'code'} already.`,
        });
    },
  });

/** The channel its tags fall in, by the rules of visits. */
export function channelOf({
  source,
  medium,
  campaign,
}: Pick<ContactSourceDefinition, 'source' | 'medium' | 'campaign'>) {
  const query = new URLSearchParams({ utm_source: source, utm_medium: medium, utm_campaign: campaign });
  return deriveSource({ url: `https://site.example/?${query}`, referrer: '', siteHosts: [] }).channel;
}

export const describeSource = (row: SourceRow): ContactSource => {
  const definition = contactSourceDefinition.parse(row.definition);
  return {
    id: row.id,
    name: row.name,
    definition,
    channel: channelOf(definition),
    version: row.version,
    updatedBy: row.updated_by,
    archived: row.archived_at !== null,
  };
};
