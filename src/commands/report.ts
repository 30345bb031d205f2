// tradewind report: the same pipeline as the screens and the API.
import { type ReportAnswer, reportQuery } from '../modules/analytics/contract.ts';
import { createApiClient } from '../modules/client.ts';
import { type Call, type Command, EXIT, Fault, withProgram } from './shape.ts';

export const report: Command = {
  name: 'report',
  summary: 'Run a report given as JSON',
  help: `Usage: tradewind report '{"site":"shop.example","period":["2026-11-01","2026-12-01"],"measures":["visitors","visits"],"dimensions":["channel"]}' [--json]

  period      two dates in the company's time zone, the second exclusive
  measures    visitors visits pageViews viewsPerVisit bounceRate engagementRate visitDuration events revenue bytes errors
  dimensions  hour day week month channel source medium campaign content term referrer landingPage exitPage page country
              browser system device language hostname status event property:NAME
  filters     {"and":[…]} {"or":[…]} {"not":…} {"property":"country","is":"equals","value":"DE"}
              {"segment":"ID"} {"did":{"what":"event","where":{…},"times":{"atLeast":2},"within":{"days":30}}}
              {"never":{…}} {"visited":{…}} {"firstSeen":{…}} {"lastSeen":{…}} {"revenue":{…}} {"sequence":{…}}
              (docs/guide/segments.md; days count back from the end of the period)
  asOf        an instant: what was known then
  robots      exclude (default), include, only
  sort, limit, offset

  --workspace NAME-OR-ID   needed only when several companies have the site
  --server URL             ask a Tradewind elsewhere, with the key in TRADEWIND_KEY and the id of its company as --workspace`,
  options: { workspace: { type: 'string' }, server: { type: 'string' } },
  async run(call) {
    const text = call.positionals[0];
    if (!text) throw new Fault(`Give the report as JSON.\n\n${report.help}`, EXIT.usage);
    let given: unknown;
    try {
      given = JSON.parse(text);
    } catch (error) {
      throw new Fault(`The report is not JSON: ${(error as Error).message}`, EXIT.usage);
    }
    const parsed = reportQuery.safeParse(given);
    if (!parsed.success) {
      throw new Fault(
        parsed.error.issues.map((i) => `${i.path.join('.') || 'report'}: ${i.message}`).join('\n'),
        EXIT.usage,
      );
    }
    const query = parsed.data;
    const { server, workspace: id } = call.values;
    if (typeof server === 'string') {
      const key = process.env.TRADEWIND_KEY;
      if (!key || typeof id !== 'string')
        throw new Fault('Set TRADEWIND_KEY to a key of the company, and give its id as --workspace.', EXIT.usage);
      show(call, await createApiClient({ server, key }).reports.run({ workspace: id, ...query }));
      return EXIT.ok;
    }
    return withProgram(call, async ({ db, reports }) => {
      const wanted = query.site?.toLowerCase().replace(/^www\./, '');
      const rows = await db
        .selectFrom('workspace')
        .leftJoin('site', 'site.workspace', 'workspace.id')
        .select(['workspace.id', 'workspace.name', 'site.host', 'site.id as site'])
        .execute();
      const named = call.values.workspace;
      const fitting = rows.filter(
        (row) =>
          (named === undefined || row.id === named || row.name === named) &&
          (wanted === undefined || row.site === wanted || row.host?.replace(/^www\./, '') === wanted),
      );
      const ids = new Set(fitting.map((row) => row.id));
      const [workspace] = ids;
      if (!workspace) {
        throw new Fault(
          `No company has ${query.site ? `the site ${query.site}` : 'been set up'}. Sites here: ${
            rows
              .map((r) => r.host)
              .filter(Boolean)
              .join(', ') || 'none'
          }.`,
        );
      }
      if (ids.size > 1)
        throw new Fault(`Several companies fit; add --workspace with one of: ${[...ids].join(', ')}`, EXIT.usage);
      const answer = await reports.run(workspace, query);
      show(call, answer);
      return EXIT.ok;
    });
  },
};

function show(call: Call, answer: ReportAnswer): void {
  if (call.json) {
    console.log(JSON.stringify(answer));
    return;
  }
  console.table(answer.rows);
  console.log('totals', answer.totals);
  console.log('trust', answer.trust);
}
