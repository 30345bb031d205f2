// tradewind import-log: an access log becomes visits, before anyone has signed up if need be.
import { existsSync } from 'node:fs';
import type { Program } from '../compose.ts';
import { runLogImport } from '../modules/analytics/import-log/run.ts';
import { createSite } from '../modules/analytics/sites/sites.ts';
import { siteHost } from '../platform/workspaces/contract.ts';
import { createWorkspace } from '../platform/workspaces/workspaces.ts';
import { bar, type Command, EXIT, Fault, progressLine, withProgram } from './shape.ts';

const HELP = `Usage: tradewind import-log FILE… --site HOST [--json]
       zcat access.log.*.gz | tradewind import-log - --site HOST

  FILE         access logs of Apache or nginx (common, combined, with virtual host or response time), plain or gzipped;
               - reads standard input. The format is detected. Importing the same file again adds nothing.
  --site HOST  the site the log is of; made when it is not there yet
  --workspace  name or id of the company, when several have the site`;

/** The workspace and site a log belongs to; on an empty installation both are made and wait for their owner. */
async function findSite(
  { db, people }: Program,
  host: string,
  named: string | undefined,
): Promise<{ workspace: string; site: string }> {
  const rows = await db
    .selectFrom('workspace')
    .leftJoin('site', (join) => join.onRef('site.workspace', '=', 'workspace.id').on('site.host', '=', host))
    .select(['workspace.id', 'workspace.name', 'workspace.demo', 'site.id as site'])
    .execute();
  const allowed = rows.filter((row) => named === undefined || row.id === named || row.name === named);
  const having = allowed.filter((row) => row.site);
  if (having.length > 1)
    throw new Fault(
      `Several companies have the site ${host}; add --workspace with one of: ${having.map((r) => r.id).join(', ')}`,
      EXIT.usage,
    );
  if (having[0]) return { workspace: having[0].id, site: having[0].site! };
  const own = allowed.filter((row) => !row.demo);
  if (own.length > 1)
    throw new Fault(
      `Say which company the site belongs to: --workspace ${own.map((r) => `"${r.name}"`).join(' or ')}`,
      EXIT.usage,
    );
  if (own.length === 0 && named !== undefined) throw new Fault(`There is no company ${named}.`, EXIT.usage);
  const workspace =
    own[0]?.id ??
    (await createWorkspace(
      people,
      { name: host, currency: 'EUR', timeZone: 'UTC', language: 'en', legalProfile: 'other' },
      { owner: null, who: 'command line' },
    ));
  return { workspace, site: await createSite(db, workspace, host, 'command line') };
}

export const importLogCommand: Command = {
  name: 'import-log',
  summary: 'Import access logs of a web server',
  help: HELP,
  options: { site: { type: 'string', short: 's' }, workspace: { type: 'string' } },
  async run(call) {
    const { positionals, values } = call;
    if (positionals.length === 0 || typeof values.site !== 'string') throw new Fault(HELP, EXIT.usage);
    const host = siteHost.safeParse(values.site);
    if (!host.success) throw new Fault(`--site ${values.site}: ${host.error.issues[0]?.message}`, EXIT.usage);
    const files = positionals.length === 1 && positionals[0] === '-' ? 'stdin' : positionals;
    if (files !== 'stdin')
      for (const file of files) if (!existsSync(file)) throw new Fault(`There is no file ${file}.`);
    const progress = progressLine(call);
    return withProgram(call, async (program) => {
      const target = await findSite(
        program,
        host.data,
        typeof values.workspace === 'string' ? values.workspace : undefined,
      );
      const { import: _id, ...summary } = await runLogImport(program, {
        ...target,
        files,
        who: 'command line',
        onProgress: ({ lines, bytesRead, bytesTotal }) =>
          progress.show(`  ${bytesTotal ? `${bar(bytesRead / bytesTotal)}  ` : ''}${lines.toLocaleString('en')} lines`),
      });
      progress.end();
      if (call.json) console.log(JSON.stringify(summary));
      else {
        console.log(
          `  ${summary.lines.toLocaleString('en')} lines: ${summary.accepted.toLocaleString('en')} accepted, ${summary.rejected.toLocaleString('en')} not readable, ${summary.duplicates.toLocaleString('en')} known already`,
        );
        console.log(
          `  ${summary.pageViews.toLocaleString('en')} page views in ${summary.visits.toLocaleString('en')} visits by ${summary.visitors.toLocaleString('en')} visitors; ${summary.botHits.toLocaleString('en')} hits by robots, ${summary.assets.toLocaleString('en')} assets`,
        );
      }
      return EXIT.ok;
    });
  },
};
