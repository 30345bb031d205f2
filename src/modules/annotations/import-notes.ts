// Notes from a file: a day and what happened. A note that stands already, word by word, is left as it is.
import { sql } from 'kysely';
import { uuidv7 } from '../../platform/ids/uuid.ts';
import { defineImportKind, type ImportTransaction } from '../../platform/imports/index.ts';
import type { Db, Note } from './annotations.ts';

/** '' is the choice of no site in particular; an option needs a value of its own. */
const ALL_SITES = 'all';

const recordset = (rows: readonly (Note & { id?: string })[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS i(id text, site text, day date, text text)`;

const keyOf = ({ site, day, text }: Note): string => `${day}\u0000${site ?? ''}\u0000${text}`;

async function standing(tx: ImportTransaction, workspace: string, rows: readonly Note[]): Promise<Set<string>> {
  const found = await sql<Note>`
    SELECT DISTINCT a.site, a.day, a.text FROM ${recordset(rows)}
    JOIN annotation a ON a.workspace = ${workspace} AND a.day = i.day AND a.text = i.text AND a.site IS NOT DISTINCT FROM i.site`.execute(
    tx,
  );
  return new Set(found.rows.map(keyOf));
}

const change = (rows: readonly Note[], old: ReadonlySet<string>) => {
  const fresh = rows.filter((row) => !old.has(keyOf(row)));
  const days = [...new Set(fresh.map((row) => row.day))].sort();
  return { fresh, counts: { added: fresh.length, changed: 0, same: rows.length - fresh.length, days } };
};

export const noteImport = defineImportKind<Note, { id: string; text: string }>({
  name: 'notes',
  label: { en: 'Notes on days', ru: 'Заметки по дням' },
  permission: 'analytics:manage',
  fields: [
    {
      name: 'day',
      label: { en: 'Day', ru: 'День' },
      type: 'day',
      required: true,
      from: 'column',
      names: ['day', 'date', 'дата', 'день', 'когда', 'when'],
    },
    {
      name: 'text',
      label: { en: 'What happened', ru: 'Что произошло' },
      type: 'text',
      required: true,
      from: 'column',
      names: [
        'text',
        'note',
        'what happened',
        'event',
        'annotation',
        'заметка',
        'событие',
        'что произошло',
        'текст',
        'описание',
        'description',
        'комментарий',
        'title',
        'название',
      ],
    },
    {
      name: 'site',
      label: { en: 'Site', ru: 'Сайт' },
      type: 'choice',
      required: false,
      from: 'either',
      names: ['site', 'сайт', 'domain', 'домен'],
    },
  ],
  reasons: {},

  async choices(db, workspace) {
    const sites = await (db as unknown as Db)
      .selectFrom('site')
      .select(['id', 'host'])
      .where('workspace', '=', workspace)
      .orderBy('host')
      .execute();
    const all = { value: ALL_SITES, label: 'All sites · Все сайты' };
    return {
      options: { site: [all, ...sites.map(({ id, host }) => ({ value: id, label: host }))] },
      preset: { site: ALL_SITES },
    };
  },

  async open(_db, { workspace, import: id, who }) {
    return {
      understand({ day = '', text = '', site = '' }) {
        const row: Note = {
          day,
          text: text.replace(/\s+/g, ' '),
          site: site === '' || site === ALL_SITES ? null : site,
        };
        return { day, key: `${row.site ?? ''}\u0001${row.text}`, row };
      },
      merge: (first) => first,
      compare: async (tx, rows) => change(rows, await standing(tx, workspace, rows)).counts,
      async write(tx, rows) {
        await sql`SELECT pg_advisory_xact_lock(hashtext(${`notes ${workspace}`}))`.execute(tx);
        const { fresh, counts } = change(rows, await standing(tx, workspace, rows));
        const made = fresh.map((row) => ({ ...row, id: uuidv7() }));
        if (made.length > 0)
          await sql`INSERT INTO annotation (workspace, id, site, day, text, import, created_by)
            SELECT ${workspace}, i.id, i.site, i.day, i.text, ${id}, ${who} FROM ${recordset(made)}`.execute(tx);
        return { ...counts, undo: made.map((row) => ({ id: row.id, text: row.text })) };
      },
      async undo(tx, entries) {
        // a note somebody has reworded since is theirs
        const gone =
          await sql`DELETE FROM annotation a USING jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS i(id text, text text)
          WHERE a.workspace = ${workspace} AND a.id = i.id AND a.import = ${id} AND a.text = i.text`.execute(tx);
        const undone = Number(gone.numAffectedRows ?? 0);
        return { undone, kept: entries.length - undone };
      },
    };
  },
});
