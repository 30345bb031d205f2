// "Look around": a workspace of its own whose figures come through the real collector, day by day, so that it is also a trial
// of the whole path from a browser's request to a report.
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Flusher } from '../../../platform/events/flusher.ts';
import { addMember, createWorkspace } from '../../../platform/workspaces/workspaces.ts';
import {
  type CostLine,
  DAY_MS,
  HOST,
  type OtherCounterLine,
  type SimulatedDay,
  Simulation,
} from '../../../simulator/index.ts';
import type { Collector } from '../collect/collector.ts';
import type { RollUps } from '../report/rollups.ts';
import { createSite, type Db } from '../sites/sites.ts';
import { demoAlarms } from './demo-alarms.ts';
import { demoNoVisitors, demoRules } from './demo-care.ts';
import { demoDashboards } from './demo-dashboards.ts';
import { demoFunnels } from './demo-funnels.ts';
import { demoGoals } from './demo-goals.ts';
import { demoReports } from './demo-reports.ts';
import { demoSegments } from './demo-segments.ts';
import { demoSharing } from './demo-sharing.ts';

/** visits of an ordinary day */
const PER_DAY = 150;
const FLUSH_EVERY_DAYS = 20;
/** beside the data: what is known to be true of the demo company */
export const TRUTH_FILE = 'demo-truth.json';

export interface DemoSize {
  seed: number;
  /** 1 to 36; a month is a twelfth of 365 days */
  months: number;
}
export const DEMO_SIZE: DemoSize = { seed: 7, months: 13 };

export interface DemoStatus {
  workspace: string | null;
  /** 0–1 */
  done: number;
  ready: boolean;
}

/** `until`: a UTC midnight in milliseconds, the end of the last day. Costs as first told, and as corrected days later. */
export interface DemoOf {
  workspace: string;
  site: string;
  until: number;
  days: number;
  costs: readonly CostLine[];
  corrected: readonly CostLine[];
  /** what the counter counted that was there before */
  otherCounter: readonly OtherCounterLine[];
}

interface DemoParts {
  db: Db;
  collector: Collector;
  flusher: Flusher;
  rollUps: RollUps;
  /** what other modules add to the demo company; `until` in milliseconds UTC, a midnight */
  more(of: DemoOf): Promise<void>;
  /** the data folder; the truth is written there */
  data: string;
  size?: DemoSize | undefined;
}

export class DemoCompany {
  readonly #parts: DemoParts;
  #size: DemoSize;
  #filling: Promise<void> | undefined;
  #done = 0;

  constructor(parts: DemoParts) {
    this.#parts = parts;
    this.#size = parts.size ?? DEMO_SIZE;
  }

  /** Lets the user into the demo company, and begins to fill it when it is new or a start was cut off. */
  async start(user: { id: string; email: string }): Promise<DemoStatus & { workspace: string }> {
    const { db } = this.#parts;
    const workspace = (await this.#find()) ?? (await this.#make(user));
    await addMember(db, workspace, user.id, 'marketer');
    await this.fill(workspace);
    return { ...(await this.status()), workspace };
  }

  async status(): Promise<DemoStatus> {
    const workspace = await this.#find();
    if (!workspace) return { workspace: null, done: 0, ready: false };
    const ready = await this.#isFull(workspace);
    return { workspace, done: ready ? 1 : this.#done, ready };
  }

  async #find(): Promise<string | null> {
    const row = await this.#parts.db
      .selectFrom('workspace')
      .select('id')
      .where('demo', '=', true)
      .limit(1)
      .executeTakeFirst();
    return row?.id ?? null;
  }

  async #make(user: { id: string; email: string } | null): Promise<string> {
    const { db } = this.#parts;
    const who = user?.email ?? 'command line';
    const workspace = await createWorkspace(
      db,
      { name: 'Nord Outfitters', currency: 'EUR', timeZone: 'Europe/Berlin', language: 'en', legalProfile: 'eu' },
      { owner: user?.id ?? null, who, demo: true },
    );
    await createSite(db, workspace, HOST, who);
    return workspace;
  }

  /** The demo company without a person, for the command line. One that is there stays as it is. */
  async makeAlone(onProgress: (done: number) => void, size: DemoSize = DEMO_SIZE): Promise<string> {
    this.#size = size;
    const workspace = (await this.#find()) ?? (await this.#make(null));
    await this.fill(workspace, onProgress);
    await this.#filling;
    return workspace;
  }

  async #isFull(workspace: string): Promise<boolean> {
    const row = await this.#parts.db
      .selectFrom('audit')
      .select('id')
      .where('workspace', '=', workspace)
      .where('action', '=', 'demo.filled')
      .limit(1)
      .executeTakeFirst();
    return Boolean(row);
  }

  async fill(workspace: string, onProgress?: (done: number) => void): Promise<void> {
    if (this.#filling || (await this.#isFull(workspace))) return;
    this.#filling = this.#fill(workspace, onProgress).finally(() => {
      this.#filling = undefined;
    });
    // a start that is cut off is taken up by the next call: ids come from the seed, so nothing is stored twice
    this.#filling.catch(() => {});
  }

  async #fill(workspace: string, onProgress?: (done: number) => void): Promise<void> {
    const { db, collector, flusher, rollUps, data } = this.#parts;
    const { seed, months } = this.#size;
    const site = await db
      .selectFrom('site')
      .select(['id', 'key', 'host'])
      .where('workspace', '=', workspace)
      .executeTakeFirstOrThrow();
    const made = await db
      .selectFrom('workspace')
      .select('created_at')
      .where('id', '=', workspace)
      .executeTakeFirstOrThrow();
    const until = Math.floor(made.created_at.getTime() / DAY_MS) * DAY_MS;
    const days = Math.round((months * 365) / 12);
    const company = new Simulation({ seed, siteKey: site.key, until, days, perDay: PER_DAY, currency: 'EUR' });
    await demoRules(db, workspace);
    const costs: CostLine[] = [];
    const corrected: CostLine[] = [];
    for (const day of company.days()) {
      costs.push(...day.costs);
      corrected.push(...day.corrected);
      await this.#send(workspace, site.host, day);
      if (day.day % FLUSH_EVERY_DAYS === FLUSH_EVERY_DAYS - 1) await flusher.flush();
      this.#done = (day.day + 1) / (days * 1.05);
      onProgress?.(this.#done);
    }
    company.truth.robotViews += await demoNoVisitors(collector, { ...site, until });
    await flusher.flush();
    company.otherCounter.goBack(until - days * DAY_MS);
    const otherCounter = company.otherCounter.lines();
    await demoGoals(db, workspace);
    await this.#parts.more({ workspace, site: site.id, until, days, costs, corrected, otherCounter });
    await demoSegments(db, workspace);
    await demoFunnels(db, workspace);
    await demoReports(db, workspace);
    await demoDashboards(db, workspace);
    await demoAlarms(db, workspace);
    await demoSharing(db, workspace);
    await rollUps.rebuild({ workspace });
    const truth = join(data, TRUTH_FILE);
    await writeFile(`${truth}.part`, `${JSON.stringify(company.truth, null, 2)}\n`);
    await rename(`${truth}.part`, truth);
    await writeAudit(db, { workspace, who: 'Tradewind', action: 'demo.filled', target: site.host });
    this.#done = 1;
    onProgress?.(1);
  }

  /** What browsers and the shop's server sent that day, each as of the moment it would have come. */
  async #send(workspace: string, host: string, { requests, server }: SimulatedDay): Promise<void> {
    const { collector } = this.#parts;
    await Promise.all(
      requests.map(({ at, address, userAgent, body }) =>
        collector.fromBrowser(Buffer.from(JSON.stringify(body)), { address, userAgent }, at),
      ),
    );
    const last = server.at(-1);
    if (last)
      await collector.fromServer(workspace, Buffer.from(JSON.stringify({ site: host, events: server })), last.at);
  }
}
