// What a page shows to one visitor: the numbers of the source they came by, and a code of their own. Decided here and not in the page,
// so that nothing has to be kept in their browser.
import { deriveSource, quote, type Reports } from '../../analytics/index.ts';
import { describeSource, keptSources } from '../contact-sources.ts';
import type { ContactSourceDefinition } from '../contract.ts';
import type { Db } from '../tables.ts';
import { type From, numbersFor } from './numbers-for.ts';

const SOURCES_KEPT_MS = 10_000;
/** As long as a visit may pause. */
const VISIT_GAP_S = 1800;

export class ShownNumbers {
  readonly #db: Db;
  readonly #reports: Reports;
  readonly #known = new Map<string, { until: number; sources: readonly ContactSourceDefinition[] }>();
  constructor(parts: { db: Db; reports: Reports }) {
    this.#db = parts.db;
    this.#reports = parts.reports;
  }

  async #sources(workspace: string): Promise<readonly ContactSourceDefinition[]> {
    const now = Date.now();
    const known = this.#known.get(workspace);
    if (known && known.until > now) return known.sources;
    const rows = await keptSources(this.#db).list(workspace, 'active');
    const sources = rows.map((row) => describeSource(row).definition);
    this.#known.set(workspace, { until: now + SOURCES_KEPT_MS, sources });
    return sources;
  }

  async of(
    site: { workspace: string; id: string; hosts: readonly string[] },
    page: { url: string; referrer: string },
    visitor: bigint,
  ): Promise<[string, string][]> {
    const sources = await this.#sources(site.workspace);
    if (!sources.some(({ instead }) => instead !== '')) return [];
    const landed = deriveSource({ ...page, siteHosts: [...site.hosts] });
    const from = landed.channel === '' || landed.channel === 'Direct' ? await this.#earlier(site, visitor) : landed;
    return from ? numbersFor(sources, from) : [];
  }

  /** The source of the visit under way, told by its earlier pages. */
  async #earlier({ workspace, id }: { workspace: string; id: string }, visitor: bigint): Promise<From | null> {
    const [row] = await this.#reports.rows<From & { views: string }>(`
      SELECT argMax(source, at) AS source, argMax(medium, at) AS medium, argMax(campaign, at) AS campaign, count() AS views
      FROM (SELECT source, medium, campaign, at FROM events WHERE workspace = toUUID(${quote(workspace)}) AND site = toUUID(${quote(id)})
        AND day >= toDate(now('UTC')) - 1 AND visitor = toUInt64(${quote(String(visitor))}) AND at > now64(3) - ${VISIT_GAP_S}
        AND channel NOT IN ('', 'Direct') AND kind IN ('view', 'event'))`);
    return row && Number(row.views) > 0 ? row : null;
  }
}
