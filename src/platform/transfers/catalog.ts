// Which tables a company's rows lie in, as the database itself says: those that have a workspace, in an order in which none
// refers to a later one.
import type pg from 'pg';
import { quoted, tablesOf } from '../backup/postgres-rows.ts';
import { LEAVES, ROWS, STAYS } from './rules.ts';

export interface CompanyTable {
  name: string;
  /** all that can be written */
  columns: string[];
  /** the column that names the company */
  owner: 'workspace' | 'id';
  /** columns that name a person of the installation; `needed` where the row is nothing without */
  people: { column: string; needed: boolean }[];
}

interface Facts {
  name: string;
  /** given by the database alone */
  counted: string[];
  people: { column: string; needed: boolean }[];
}

export async function companyTables(client: pg.ClientBase): Promise<CompanyTable[]> {
  const facts = await client.query<Facts>(
    `SELECT c.relname AS name,
       array(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.attidentity <> '') AS counted,
       (SELECT coalesce(json_agg(json_build_object('column', a.attname, 'needed', a.attnotnull)), '[]') FROM pg_constraint k
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
        WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid = '"user"'::regclass) AS people
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r'`,
  );
  const about = new Map(facts.rows.map((row) => [row.name, row]));
  return (await tablesOf(client)).flatMap(({ name, columns }) => {
    const { counted, people } = about.get(name)!;
    const owner = name === 'workspace' ? 'id' : columns.includes('workspace') ? 'workspace' : null;
    if (owner === null || name in STAYS || people.some(({ needed }) => needed)) return [];
    return [{ name, columns: columns.filter((column) => !counted.includes(column)), owner, people }];
  });
}

/** The rows of a company as they leave. */
export function selectOf(table: CompanyTable, workspace: string): string {
  const people = new Set(table.people.map(({ column }) => column));
  const list = table.columns.map((column) => {
    if (people.has(column)) return 'NULL';
    return LEAVES[table.name]?.[column] ?? `t.${quoted(column)}`;
  });
  const own = `t.${table.owner} = '${workspace}'`;
  const rows = ROWS[table.name];
  return `SELECT ${list.join(', ')} FROM ${quoted(table.name)} t WHERE ${own}${rows ? ` AND ${rows}` : ''}`;
}
