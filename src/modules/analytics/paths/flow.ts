// Where visits go from a page or event (or how they came to it), step by step: the most frequent by name, the rest together.
import type { Reports } from '../report/report.ts';
import type { Scope } from '../report/scope.ts';
import type { FlowAnswer, FlowQuestion, PathNode } from './contract.ts';
import { askedVisits, hashOf, type NodeRule, nodeOf, nodeText, visitActsSql, visitCountSql } from './visit-acts.ts';

/** Instead of a node: the visit's end, and all that are not named. */
const END = '0';
const OTHER = '1';

/** One row a visit with `way`: its nodes from the anchor on (towards the anchor: back from it), an END where it stops before the depth. */
export function waysSql(s: Scope, asked: FlowQuestion): string {
  const { direction, anchor, depth } = asked;
  const ordered = direction === 'from' ? 'nodes' : 'arrayReverse(nodes)';
  // of several times the first one counts, seen from the start of the visit
  const place = direction === 'from' ? 'indexOf(nodes, anchor)' : 'length(nodes) - indexOf(nodes, anchor) + 1';
  const slice = anchor
    ? `if(has(nodes, ${hashOf(anchor)} AS anchor), arraySlice(${ordered}, ${place}), emptyArrayUInt64())`
    : ordered;
  return `SELECT arraySlice(arrayPushBack(whole, ${END}), 1, ${depth + 1}) AS way
    FROM (SELECT ${slice} AS whole FROM (${visitActsSql(s, asked, anchor)})) WHERE notEmpty(whole)`;
}

type Row = Record<string, string>;

export async function runFlow(reports: Reports, workspace: string, question: FlowQuestion): Promise<FlowAnswer> {
  const opened = await reports.open(workspace, question);
  const { scope } = opened;
  const trust = await reports.trust(opened, []);
  if (scope.sites.length === 0) return { visits: 0, through: 0, steps: [], links: [], trust };
  const { depth, top } = question;
  const ways = waysSql(scope, question);
  const [found, [counted]] = await Promise.all([
    reports.rows<Row>(`SELECT step, toString(way[step + 1]) AS node, count() AS visits FROM (${ways}) ARRAY JOIN range(length(way)) AS step
      WHERE node != '${END}' GROUP BY step, node ORDER BY step, visits DESC, node LIMIT ${top} BY step`),
    reports.rows<Row>(visitCountSql(scope)),
  ]);
  const unknown = Number(counted?.unknown ?? 0);
  if (unknown > 0) trust.notes.push({ code: 'paths-unknown', value: unknown });
  const tops = Array.from({ length: depth + 1 }, (_, step) =>
    found.filter((row) => Number(row.step) === step).map((row) => row.node!),
  );
  const named = (step: string, node: string): string =>
    `if(${node} = ${END} OR has(arrayElement([${tops.map((one) => `[${one.map((hash) => `toUInt64(${hash})`).join(', ')}]`).join(', ')}]::Array(Array(UInt64)), ${step} + 1), ${node}), ${node}, ${OTHER})`;
  const [links, names] = await Promise.all([
    reports.rows<Row>(`SELECT step, toString(${named('step', 'way[step + 1]')}) AS a, toString(${named('step + 1', 'way[step + 2]')}) AS b, count() AS visits
      FROM (${ways}) ARRAY JOIN range(length(way) - 1) AS step GROUP BY step, a, b ORDER BY step, a, b`),
    namesOf(reports, scope, question, tops.flat()),
  ]);
  return { visits: Number(counted?.visits ?? 0), ...drawn(links, tops, names), trust };
}

/** The texts of nodes by their numbers. */
export async function namesOf(
  reports: Reports,
  scope: Scope,
  rule: NodeRule,
  hashes: readonly string[],
): Promise<Map<string, PathNode>> {
  if (hashes.length === 0) return new Map();
  const wanted = [...new Set(hashes)].join(', ');
  const rows = await reports.rows<Row>(`SELECT toString(cityHash64(text) AS hash) AS node, text
    FROM (SELECT DISTINCT ${nodeText(rule, 'act')} AS text FROM (SELECT DISTINCT arrayJoin(acts) AS act ${askedVisits(scope)})) WHERE hash IN (${wanted})`);
  return new Map(rows.map((row) => [row.node!, nodeOf(row.text!)]));
}

function drawn(
  rows: readonly Row[],
  tops: readonly (readonly string[])[],
  names: ReadonlyMap<string, PathNode>,
): Pick<FlowAnswer, 'through' | 'steps' | 'links'> {
  const ids = tops.map((top) => [...top, OTHER, END]);
  const visits = ids.map((step) => step.map(() => 0));
  const links: FlowAnswer['links'] = [];
  for (const row of rows) {
    const [step, many] = [Number(row.step), Number(row.visits)];
    const [from, to] = [ids[step]!.indexOf(row.a!), ids[step + 1]!.indexOf(row.b!)];
    links.push({ step, from, to, visits: many });
    if (step === 0) visits[0]![from]! += many;
    visits[step + 1]![to]! += many;
  }
  const steps = ids.map((step, i) =>
    step.map((id, at) => {
      const plain = id === END ? ({ what: 'end', value: '' } as const) : ({ what: 'other', value: '' } as const);
      return { ...(names.get(id) ?? plain), visits: visits[i]![at]! };
    }),
  );
  const through = visits[0]!.reduce((sum, one) => sum + one, 0);
  return { through, ...withoutEmpty(steps, links) };
}

/** Nodes nobody passed are left out, and links told by the places that remain. */
function withoutEmpty(steps: FlowAnswer['steps'], links: FlowAnswer['links']): Pick<FlowAnswer, 'steps' | 'links'> {
  const places = steps.map((step) => {
    let next = 0;
    return step.map(({ visits }) => (visits > 0 ? next++ : -1));
  });
  return {
    steps: steps.map((step) => step.filter(({ visits }) => visits > 0)),
    links: links.map((link) => ({
      ...link,
      from: places[link.step]![link.from]!,
      to: places[link.step + 1]![link.to]!,
    })),
  };
}
