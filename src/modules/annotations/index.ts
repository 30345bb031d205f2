// The door of annotations: its router, and its part of the demo company.
import { implement } from '@orpc/server';
import type { RequestContext } from '../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../platform/api/gate.ts';
import { addAnnotation, changeAnnotation, type Db, listAnnotations, removeAnnotation } from './annotations.ts';
import { annotationsContract } from './contract.ts';

export { demoNotes } from './demo/demo-notes.ts';
export { noteTable } from './export.ts';
export { noteFinder } from './finder.ts';
export { noteImport } from './import-notes.ts';
export type { AnnotationTables } from './tables.ts';

export function annotationsRouter(deps: ApiDeps & { db: Db }) {
  const { db } = deps;
  const os = implement(annotationsContract).$context<RequestContext>().use(gate(deps));
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  return {
    annotations: {
      list: os.annotations.list.handler(({ input, context }) => listAnnotations(db, of(context), input)),
      create: os.annotations.create.handler(({ input: { site, day, text }, context }) =>
        addAnnotation(db, of(context), { site, day, text }, whoIs(context)),
      ),
      update: os.annotations.update.handler(({ input, context }) =>
        changeAnnotation(db, of(context), input.annotation, input, whoIs(context)),
      ),
      remove: os.annotations.remove.handler(({ input, context }) =>
        removeAnnotation(db, of(context), input.annotation, whoIs(context)),
      ),
    },
  };
}
