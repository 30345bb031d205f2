// The door of costs: its router, its mirrors, and what imports write through.
import type { ClickHouseClient } from '@clickhouse/client';
import { implement } from '@orpc/server';
import type { RequestContext } from '../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../platform/api/gate.ts';
import type { Files } from '../../platform/files/index.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import type { Connections } from '../../platform/providers/connections.ts';
import { costsContract } from './contract.ts';
import { listCostRows, listCosts, removeCost, restatedCosts, setCost } from './entries.ts';
import { askBank, listBanks } from './fetch-rates.ts';
import { listGoodsCosts, removeGoodsCost, setGoodsCost } from './goods/goods.ts';
import { listRates, removeRate, removeVat, setRate, setVat, vatRates } from './rates.ts';
import { importRatesFile } from './rates-file.ts';

export { type CostBefore, type CostChange, type CostRow, undoCosts, writeCosts } from './costs.ts';
export { demoCosts } from './demo/demo-costs.ts';
export { demoGoods } from './demo/demo-goods.ts';
export { costTable } from './export.ts';
export { costRates, factorsOf } from './factors.ts';
export { type FetchRatesParts, fetchRatesJob, ratesRound } from './fetch-rates.ts';
export { campaignFinder } from './finder.ts';
export { setGoodsCost } from './goods/goods.ts';
export { goodsImport } from './goods/import-goods.ts';
export { costImport } from './import-costs.ts';
export { costMirrors } from './mirrors.ts';
export { type RateRow, vatRates, writeRates } from './rates.ts';

import type { Db } from './tables.ts';

export type { CostTables } from './tables.ts';

export interface CostsDeps extends ApiDeps {
  db: Db;
  clickhouse: ClickHouseClient;
  connections: Connections;
  jobs: Jobs;
  files: Files;
}

export function costsRouter(deps: CostsDeps) {
  const { db, clickhouse } = deps;
  const os = implement(costsContract).$context<RequestContext>().use(gate(deps));
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  return {
    costs: {
      list: os.costs.list.handler(({ input, context }) => listCosts(db, of(context), input)),
      rows: os.costs.rows.handler(({ input, context }) => listCostRows(db, of(context), input)),
      restated: os.costs.restated.handler(({ input: { from, to }, context }) =>
        restatedCosts(clickhouse, of(context), { from, to }),
      ),
      set: os.costs.set.handler(({ input: { workspace: _, ...cost }, context }) =>
        setCost(db, of(context), cost, whoIs(context)),
      ),
      remove: os.costs.remove.handler(({ input, context }) => removeCost(db, of(context), input.cost, whoIs(context))),
    },
    goodsCosts: {
      list: os.goodsCosts.list.handler(({ input, context }) => listGoodsCosts(db, of(context), input.find)),
      set: os.goodsCosts.set.handler(({ input: { workspace: _, ...cost }, context }) =>
        setGoodsCost(db, of(context), cost, whoIs(context)),
      ),
      remove: os.goodsCosts.remove.handler(({ input, context }) =>
        removeGoodsCost(db, of(context), input.cost, whoIs(context)),
      ),
    },
    rates: {
      list: os.rates.list.handler(({ input, context }) => listRates(db, of(context), input.currency)),
      set: os.rates.set.handler(({ input: { workspace: _, ...rate }, context }) =>
        setRate(db, of(context), rate, whoIs(context)),
      ),
      banks: os.rates.banks.handler(({ context }) => listBanks(db, deps.connections, of(context))),
      fetch: os.rates.fetch.handler(async ({ input, context }) => {
        await deps.connections.get(of(context), input.connection);
        return askBank(deps.jobs, db, of(context), input.connection, whoIs(context));
      }),
      importFile: os.rates.importFile.handler(({ input, context }) =>
        importRatesFile(deps, { workspace: of(context), who: whoIs(context) }, input.file),
      ),
      remove: os.rates.remove.handler(({ input, context }) => removeRate(db, of(context), input.rate, whoIs(context))),
    },
    vat: {
      list: os.vat.list.handler(async ({ context }) =>
        (await vatRates(db, of(context))).map(({ id, fromDay, perMille }) => ({ id, fromDay, percent: perMille / 10 })),
      ),
      set: os.vat.set.handler(({ input, context }) => setVat(db, of(context), input, whoIs(context))),
      remove: os.vat.remove.handler(({ input, context }) => removeVat(db, of(context), input.rate, whoIs(context))),
    },
  };
}
