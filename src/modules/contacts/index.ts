// The door of calls and chats: its router, the routes of sites, and what others may call.
import { implement } from '@orpc/server';
import type { RequestContext } from '../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../platform/api/gate.ts';
import { describeSource, keptSources } from './contact-sources.ts';
import { type ContactDeps, findCode, listContacts, recordContact, setRemoved } from './contacts.ts';
import { contactsContract } from './contract.ts';
import { contactFigures } from './figures.ts';

export { contactsOfVisitors, eraseVisitors, forgetCodes } from './contacts.ts';
export { demoContacts } from './demo/demo-contacts.ts';
export { contactRoutes } from './site/routes.ts';
export type { ContactTables } from './tables.ts';

export function contactsRouter(deps: ApiDeps & ContactDeps) {
  const { db } = deps;
  const os = implement(contactsContract).$context<RequestContext>().use(gate(deps));
  const kept = keptSources(db);
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  return {
    contactSources: {
      list: os.contactSources.list.handler(async ({ input, context }) =>
        (await kept.list(of(context), input.state)).map(describeSource),
      ),
      create: os.contactSources.create.handler(async ({ input: { name, definition }, context }) =>
        describeSource(await kept.create(of(context), { name, definition }, whoIs(context))),
      ),
      update: os.contactSources.update.handler(async ({ input: { contactSource, workspace: _, ...change }, context }) =>
        describeSource(await kept.update(of(context), contactSource, change, whoIs(context))),
      ),
      archive: os.contactSources.archive.handler(async ({ input, context }) =>
        describeSource(await kept.archive(of(context), input.contactSource, whoIs(context))),
      ),
      undo: os.contactSources.undo.handler(async ({ input, context }) =>
        describeSource(await kept.undo(of(context), input.contactSource, whoIs(context))),
      ),
      figures: os.contactSources.figures.handler(({ input: { workspace: _, ...question }, context }) =>
        contactFigures(deps, of(context), question),
      ),
    },
    contacts: {
      list: os.contacts.list.handler(({ input: { from, to }, context }) => listContacts(db, of(context), from, to)),
      find: os.contacts.find.handler(({ input, context }) => findCode(deps, of(context), input.code)),
      record: os.contacts.record.handler(({ input: { workspace: _, ...given }, context }) =>
        recordContact(deps, of(context), given, whoIs(context)),
      ),
      remove: os.contacts.remove.handler(({ input, context }) =>
        setRemoved(db, of(context), input.contact, true, whoIs(context)),
      ),
      restore: os.contacts.restore.handler(({ input, context }) =>
        setRemoved(db, of(context), input.contact, false, whoIs(context)),
      ),
    },
  };
}
