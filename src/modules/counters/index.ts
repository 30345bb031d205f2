// The door of other counters: its router, and its part of the demo company.
import { implement } from '@orpc/server';
import type { RequestContext } from '../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../platform/api/gate.ts';
import type { Reports } from '../analytics/index.ts';
import { countersContract } from './contract.ts';
import { compareCounter, listCounters, setCounterZone } from './counters.ts';
import { type ForwardDeps, forwardingOf, setForwarding } from './forward/forwarding.ts';

export { demoCounters } from './demo/demo-counters.ts';
export { forwardRoutes } from './forward/routes.ts';
export { counterImport } from './import-counters.ts';
export type { CounterTables } from './tables.ts';

export function countersRouter(deps: ApiDeps & ForwardDeps & { reports: Reports }) {
  const { db } = deps;
  const os = implement(countersContract).$context<RequestContext>().use(gate(deps));
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  return {
    counters: {
      list: os.counters.list.handler(({ context }) => listCounters(db, of(context))),
      setZone: os.counters.setZone.handler(({ input: { site, counter, zone }, context }) =>
        setCounterZone(db, of(context), { site, counter, zone }, whoIs(context)),
      ),
      forwarding: os.counters.forwarding.handler(({ input, context }) => forwardingOf(deps, of(context), input.site)),
      setForwarding: os.counters.setForwarding.handler(({ input: { site, number, goals }, context }) =>
        setForwarding(deps, of(context), site, { number, goals }, whoIs(context)),
      ),
      compare: os.counters.compare.handler(({ input: { site, counter, period }, context }) =>
        compareCounter(deps, of(context), { site, counter, period }),
      ),
    },
  };
}
