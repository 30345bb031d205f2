// The sequences of pages and events that most visits hold, each counted once a visit.
import type { Reports } from '../report/report.ts';
import type { Scope } from '../report/scope.ts';
import type { SequencesAnswer, SequencesQuestion } from './contract.ts';
import { namesOf } from './flow.ts';
import { visitActsSql, visitCountSql } from './visit-acts.ts';

/** One row a sequence: `way`, its nodes, and `visits`. */
export function sequencesSql(s: Scope, { length, limit, ...rule }: SequencesQuestion): string {
  const places = Array.from({ length }, (_, i) => i);
  const shifted = places.map((i) => `arraySlice(nodes, ${i + 1}, length(nodes) - ${length - 1})`);
  const names = places.map((i) => `n${i}`).join(', ');
  return `SELECT arrayMap(x -> toString(x), sequence) AS way, count() AS visits
    FROM (SELECT arrayJoin(arrayDistinct(arrayMap((${names}) -> [${names}], ${shifted.join(', ')}))) AS sequence
      FROM (${visitActsSql(s, rule)}) WHERE length(nodes) >= ${length})
    GROUP BY sequence ORDER BY visits DESC, sequence LIMIT ${limit}`;
}

export async function runSequences(
  reports: Reports,
  workspace: string,
  question: SequencesQuestion,
): Promise<SequencesAnswer> {
  const { scope } = await reports.open(workspace, question);
  if (scope.sites.length === 0) return { visits: 0, rows: [] };
  const [found, [counted]] = await Promise.all([
    reports.rows<{ way: string[]; visits: string }>(sequencesSql(scope, question)),
    reports.rows<{ visits: string }>(visitCountSql(scope)),
  ]);
  const names = await namesOf(
    reports,
    scope,
    question,
    found.flatMap(({ way }) => way),
  );
  return {
    visits: Number(counted?.visits ?? 0),
    rows: found.map(({ way, visits }) => ({
      nodes: way.map((hash) => names.get(hash) ?? { what: 'view', value: '' }),
      visits: Number(visits),
    })),
  };
}
