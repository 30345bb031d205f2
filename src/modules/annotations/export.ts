// Notes as a file.
import type { ExportTable } from '../../platform/exports/table-routes.ts';
import type { Db } from './annotations.ts';

export const noteTable = (db: Db): ExportTable => ({
  name: 'notes',
  permission: 'analytics:read',
  async open(workspace) {
    const notes = await db
      .selectFrom('annotation')
      .leftJoin('site', 'site.id', 'annotation.site')
      .select(['day', 'text', 'site.host', 'created_by'])
      .where('annotation.workspace', '=', workspace)
      .orderBy('day', 'desc')
      .orderBy('annotation.id')
      .execute();
    return {
      name: 'notes',
      head: ['day', 'text', 'site', 'by'],
      rows: notes.map((note) => [note.day, note.text, note.host, note.created_by]),
    };
  },
});
