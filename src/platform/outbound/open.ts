// Puts the one way out together from the settings.
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { parseAllowList } from './addresses.ts';
import { CallLog } from './call-log.ts';
import { AddressGuard, type Resolve } from './guard.ts';
import { Outbound } from './outbound.ts';
import type { OutboundTables } from './tables.ts';

export function openOutbound(parts: {
  db: Kysely<OutboundTables>;
  log: Logger;
  allowHosts: readonly string[];
  resolve?: Resolve;
}): { outbound: Outbound; callLog: CallLog } {
  const callLog = new CallLog(parts.db, parts.log);
  const guard = new AddressGuard(parseAllowList(parts.allowHosts), parts.resolve);
  return { outbound: new Outbound(guard, callLog), callLog };
}
