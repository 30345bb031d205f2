// Asks every module for records whose name holds a few letters. Each looks only where the person may look.
import { implement } from '@orpc/server';
import { mayDo, type RequestContext } from '../api/context.ts';
import type { WorkspacePermission } from '../api/contract-base.ts';
import { type ApiDeps, gate, memberOnly } from '../api/gate.ts';
import { type FoundRecord, finderContract } from './contract.ts';

const EACH = 6;

/** What a module says about finding its records. */
export interface RecordFinder {
  kind: string;
  permission: WorkspacePermission;
  /** `pattern` is for ILIKE, with the text's own % and _ escaped; at most `limit`, best first */
  find(asked: Asked): Promise<Omit<FoundRecord, 'kind'>[]>;
}
export interface Asked {
  workspace: string;
  text: string;
  pattern: string;
  limit: number;
}

export const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

export function finderRouter(deps: ApiDeps & { finders: readonly RecordFinder[] }) {
  const os = implement(finderContract).$context<RequestContext>().use(gate(deps));
  return {
    finder: {
      find: os.finder.find.handler(async ({ input: { text }, context }) => {
        const member = memberOnly(context);
        const asked = { workspace: member.workspace, text, pattern: likePattern(text), limit: EACH };
        const found = await Promise.all(
          deps.finders
            .filter(({ permission }) => mayDo(member, permission))
            .map(async ({ kind, find }) => (await find(asked)).map((record) => ({ kind, ...record }))),
        );
        return { records: found.flat() };
      }),
    },
  };
}
