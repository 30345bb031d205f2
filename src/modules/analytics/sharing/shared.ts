// What someone outside sees by a link: the page's words, and the figures of its reports. They may look at another named period, and
// at nothing else. A question is answered once in half a minute, however often a page is loaded.
import { ORPCError } from '@orpc/server';
import { sql } from 'kysely';
import { verifyPassword } from '../../../platform/auth/auth.ts';
import { Often } from '../../../platform/http/often.ts';
import { answerQuestion, type ExplorerDeps } from '../explorer/answer.ts';
import type { ExplorerAnswer, ExplorerQuestion } from '../explorer/question-contract.ts';
import { readQuestion } from '../explorer/saved-reports.ts';
import { keptGoals } from '../goals/goals.ts';
import { vocabulary } from '../report/facts.ts';
import { bookGoal } from '../ui/explorer/book-of.ts';
import { PERIODS } from '../ui/period.ts';
import { type SharedPage, type SharedTile, shareDefinition } from './contract.ts';
import { hasEnded, idOfKey, tokenHolds, tokenOf } from './shares.ts';
import { shownReports } from './shown-reports.ts';

const OPEN_MS = 12 * 3_600_000;
const QUARTER_HOUR_MS = 15 * 60_000;
/** wrong passwords in a quarter of an hour: of one address on one link, and of all on one link */
const MOST_OF_ADDRESS = 10;
const MOST_OF_LINK = 100;
const ANSWER_MS = 30_000;
const MOST_ANSWERS = 500;
/** as on a dashboard */
const MOST_ROWS = 10;

/** Never says which of the reasons it was. */
const gone = () =>
  new ORPCError('NOT_FOUND', {
    message: 'This link has ended or was taken back. Ask for another one where you got it.',
  });

/** Days of one's own choice are what the link is about; a named period moves on with the days, and others may be looked at. */
const isNamed = (period: string): boolean => (PERIODS as readonly string[]).includes(period);

interface Found {
  id: string;
  workspace: string;
  report: string | undefined;
  dashboard: string | undefined;
  /** of its password */
  hash: string | null;
  company: { name: string; currency: string; time_zone: string };
}

export class SharedPages {
  readonly #deps: ExplorerDeps & { secret: string };
  readonly #ofAddress = new Often(MOST_OF_ADDRESS, QUARTER_HOUR_MS);
  readonly #ofLink = new Often(MOST_OF_LINK, QUARTER_HOUR_MS);
  readonly #answers = new Map<string, { until: number; answer: Promise<ExplorerAnswer> }>();

  constructor(deps: ExplorerDeps & { secret: string }) {
    this.#deps = deps;
  }

  /** Throws NOT_FOUND. */
  async open(key: string, token: string | undefined): Promise<{ locked: boolean; page: SharedPage | null }> {
    const found = await this.#find(key);
    if (!this.#isOpen(found, token)) return { locked: true, page: null };
    await this.#deps.db
      .updateTable('share')
      .set({ opened: sql`opened + 1`, opened_at: new Date() })
      .where('id', '=', found.id)
      .execute();
    const { company, workspace } = found;
    const { name, period, tiles } = await this.#shown(found);
    const goalsSaid = JSON.stringify(tiles);
    const goals = (await keptGoals(this.#deps.db).list(workspace, 'active'))
      .filter(({ id }) => goalsSaid.includes(id))
      .map(bookGoal);
    const segmentIds = [...new Set(tiles.flatMap(({ question }) => question?.segment ?? []))];
    const segments =
      segmentIds.length === 0
        ? []
        : await this.#deps.db
            .selectFrom('segment')
            .select(['id', 'name'])
            .where('workspace', '=', workspace)
            .where('id', 'in', segmentIds)
            .execute();
    return {
      locked: found.hash !== null,
      page: {
        name,
        company: company.name,
        currency: company.currency,
        timeZone: company.time_zone,
        period,
        tiles,
        vocabulary: vocabulary(),
        goals,
        segments,
      },
    };
  }

  /** Throws NOT_FOUND, TOO_MANY_REQUESTS and, for a wrong password, UNAUTHORIZED. */
  async unlock(key: string, password: string, address: string): Promise<string> {
    const found = await this.#find(key);
    if (found.hash === null)
      throw new ORPCError('BAD_REQUEST', { message: 'This link has no password: just open it.' });
    const who = `${found.id} ${address}`;
    // counted before it is tried: a hundred guesses at once are a hundred
    const often = [this.#ofAddress.add(who), this.#ofLink.add(found.id)];
    if (often.includes(true))
      throw new ORPCError('TOO_MANY_REQUESTS', {
        message: 'Too many wrong passwords. Wait a quarter of an hour, then try again.',
      });
    if (!(await verifyPassword(found.hash, password)))
      throw new ORPCError('UNAUTHORIZED', { message: 'This is not the password of the link.' });
    this.#ofAddress.takeBack(who);
    this.#ofLink.takeBack(found.id);
    return tokenOf(this.#deps.secret, found.id, found.hash, Date.now() + OPEN_MS);
  }

  async answer(key: string, token: string | undefined, tile: number, period?: string): Promise<ExplorerAnswer> {
    const found = await this.#find(key);
    if (!this.#isOpen(found, token))
      throw new ORPCError('UNAUTHORIZED', { message: 'Give the password of the link first.' });
    const shown = await this.#shown(found);
    const question = shown.tiles[tile]?.question;
    if (!question) throw new ORPCError('NOT_FOUND', { message: 'There is no such report on this page any more.' });
    if (period !== undefined && !isNamed(shown.period))
      throw new ORPCError('BAD_REQUEST', { message: 'This link shows its own days alone.' });
    const asked: ExplorerQuestion = { ...question, period: period ?? shown.period };
    return this.#answered(found.workspace, asked);
  }

  #answered(workspace: string, question: ExplorerQuestion): Promise<ExplorerAnswer> {
    const key = `${workspace} ${JSON.stringify(question)}`;
    const now = Date.now();
    const known = this.#answers.get(key);
    if (known && known.until > now) return known.answer;
    if (this.#answers.size >= MOST_ANSWERS) this.#answers.clear();
    const answer = answerQuestion(this.#deps, workspace, question);
    this.#answers.set(key, { until: now + ANSWER_MS, answer });
    answer.catch(() => this.#answers.delete(key));
    return answer;
  }

  #isOpen({ id, hash }: Found, token: string | undefined): boolean {
    return hash === null || tokenHolds(this.#deps.secret, id, hash, token);
  }

  async #find(key: string): Promise<Found> {
    const id = idOfKey(this.#deps.secret, key);
    if (id === null) throw gone();
    const row = await this.#deps.db
      .selectFrom('share')
      .innerJoin('workspace', 'workspace.id', 'share.workspace')
      .leftJoin('share_password', 'share_password.share', 'share.id')
      .select(['share.id', 'share.workspace', 'share.definition', 'share.archived_at', 'share_password.hash'])
      .select(['workspace.name', 'workspace.currency', 'workspace.time_zone'])
      .where('share.id', '=', id)
      .executeTakeFirst();
    if (!row || row.archived_at !== null) throw gone();
    const { report, dashboard, lastDay, locked } = shareDefinition.parse(row.definition);
    // a link whose password is not there yet, or any more, opens for nobody
    if (hasEnded(lastDay, row.time_zone) || (locked && row.hash === null)) throw gone();
    return { id: row.id, workspace: row.workspace, report, dashboard, hash: row.hash, company: row };
  }

  /** A change of a report or dashboard is seen by its links at once; one that was put away shows nothing any more. */
  async #shown(found: Found): Promise<{ name: string; period: string; tiles: SharedTile[] }> {
    const shown = await shownReports(this.#deps.db, found.workspace, found);
    if (!shown) throw gone();
    const { name, reports, period } = shown;
    const tiles = reports.map(({ definition, ...tile }): SharedTile => {
      if (definition === null) return { ...tile, question: null };
      const question = readQuestion(definition);
      if (period === null) return { ...tile, question };
      const top = Math.min(question.top, MOST_ROWS);
      return { ...tile, description: '', question: { ...question, ...period, top } };
    });
    return { name, tiles, period: period?.period ?? tiles[0]!.question!.period };
  }
}
