// Contract of what people are told → rules. An API key is nobody and was told nothing.
import { implement } from '@orpc/server';
import type { RequestContext } from '../api/context.ts';
import { type ApiDeps, gate, memberOnly } from '../api/gate.ts';
import { notificationsContract } from './contract.ts';
import { type Db, listNotifications, readNotifications } from './notifications.ts';

export function notificationsRouter(deps: ApiDeps & { notifications: Db }) {
  const db = deps.notifications;
  const os = implement(notificationsContract).$context<RequestContext>().use(gate(deps));
  const personOf = (context: Parameters<typeof memberOnly>[0]) => {
    const { workspace, actor } = memberOnly(context);
    return actor.user === null ? null : { workspace, user: actor.user.id };
  };
  return {
    notifications: {
      list: os.notifications.list.handler(({ input, context }) => {
        const person = personOf(context);
        return person === null ? { unread: 0, notifications: [] } : listNotifications(db, person, input);
      }),
      read: os.notifications.read.handler(({ input, context }) => {
        const person = personOf(context);
        return person === null ? { unread: 0 } : readNotifications(db, person, input.notification);
      }),
    },
  };
}
