// Contract → rules of links, nothing more.
import { implement } from '@orpc/server';
import type { RequestContext } from '../../platform/api/context.ts';
import { type ApiDeps, gate, memberOnly, whoIs } from '../../platform/api/gate.ts';
import type { Reports } from '../analytics/index.ts';
import { keepRows, previewRows } from './bulk/bulk.ts';
import { linksContract } from './contract.ts';
import { clicksOfLink, linkFigures } from './figures.ts';
import { hiddenTraffic } from './hidden/hidden-traffic.ts';
import { describeLink, describing, keptLinks, matches, previewLink, targetOrThrow, toOwn } from './links.ts';
import { linkSettings, setConvention, setDomain, shortAddress } from './settings.ts';
import type { Db } from './tables.ts';
import { bareTarget } from './tagging.ts';
import { addAlias, leaveAlone } from './tags/decide.ts';
import { tagFaults } from './tags/seen-tags.ts';
import { todayOf } from './today.ts';

export function linksRouter(deps: ApiDeps & { db: Db; reports: Reports; publicUrl: string }) {
  const { db, publicUrl } = deps;
  const os = implement(linksContract).$context<RequestContext>().use(gate(deps));
  const links = keptLinks(db);
  const of = (context: Parameters<typeof memberOnly>[0]): string => memberOnly(context).workspace;
  const described = async (workspace: string, row: Parameters<typeof describeLink>[0]) =>
    describeLink(row, await describing(db, workspace, publicUrl));
  return {
    links: {
      list: os.links.list.handler(async ({ input: { state, find = '' }, context }) => {
        const [rows, by] = await Promise.all([links.list(of(context), state), describing(db, of(context), publicUrl)]);
        return rows.filter((row) => find === '' || matches(row, find)).map((row) => describeLink(row, by));
      }),
      create: os.links.create.handler(async ({ input: { workspace: _, name, ...given }, context }) =>
        described(of(context), await links.create(of(context), { name, ...toOwn(given) }, whoIs(context))),
      ),
      update: os.links.update.handler(async ({ input: { workspace: _, link, lastDay, target, ...change }, context }) =>
        described(
          of(context),
          await links.update(
            of(context),
            link,
            {
              ...change,
              ...(lastDay === undefined ? {} : { last_day: lastDay }),
              ...(target === undefined ? {} : { target: bareTarget(targetOrThrow(target).url) }),
            },
            whoIs(context),
          ),
        ),
      ),
      archive: os.links.archive.handler(async ({ input, context }) =>
        described(of(context), await links.archive(of(context), input.link, whoIs(context))),
      ),
      undo: os.links.undo.handler(async ({ input, context }) =>
        described(of(context), await links.undo(of(context), input.link, whoIs(context))),
      ),
      preview: os.links.preview.handler(async ({ input, context }) =>
        previewLink(db, of(context), input, await todayOf(db, of(context))),
      ),
      figures: os.links.figures.handler(({ input: { workspace: _, ...question }, context }) =>
        linkFigures(deps, of(context), question),
      ),
      clicks: os.links.clicks.handler(({ input: { link, from, to }, context }) =>
        clicksOfLink(db, of(context), link, { from, to }),
      ),
      convention: os.links.convention.handler(async ({ context }) => {
        const settings = await linkSettings(db, of(context));
        return { ...settings, address: shortAddress(settings.domain, publicUrl) };
      }),
      setConvention: os.links.setConvention.handler(({ input, context }) =>
        setConvention(db, of(context), input.convention, whoIs(context)),
      ),
      setDomain: os.links.setDomain.handler(async ({ input, context }) => {
        const { domain } = await setDomain(db, of(context), input.domain, whoIs(context), publicUrl);
        return { domain, address: shortAddress(domain, publicUrl) };
      }),
    },
    bulkLinks: {
      preview: os.bulkLinks.preview.handler(({ input, context }) => previewRows(db, of(context), input.rows)),
      keep: os.bulkLinks.keep.handler(({ input, context }) =>
        keepRows({ db, publicUrl }, of(context), input.rows, whoIs(context)),
      ),
    },
    hiddenTraffic: {
      find: os.hiddenTraffic.find.handler(({ input: { workspace: _, ...question }, context }) =>
        hiddenTraffic(deps, of(context), question),
      ),
    },
    tagFaults: {
      find: os.tagFaults.find.handler(({ input: { workspace: _, ...question }, context }) =>
        tagFaults(deps, of(context), question),
      ),
      leaveAlone: os.tagFaults.leaveAlone.handler(({ input, context }) =>
        leaveAlone(db, of(context), input, whoIs(context)),
      ),
      addAlias: os.tagFaults.addAlias.handler(({ input, context }) => addAlias(db, of(context), input, whoIs(context))),
    },
  };
}
