// What the screen of paths asks, kept in the address bar: where from or to, how deep, and what counts as one node.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { DEEPEST_PATH, type FlowQuestion, type PathNode } from '../../paths/contract.ts';
import type { Act } from '../../report/filter-contract.ts';

export type PathState = Required<Pick<FlowQuestion, 'direction' | 'acts' | 'pages' | 'groups' | 'depth' | 'top'>> & {
  anchor: PathNode | undefined;
  length: number;
};

const MARK = { view: 'v', event: 'e' } as const;
export const writeNode = ({ what, value }: PathNode): string => `${MARK[what]}:${value}`;
export function readNode(text: unknown): PathNode | undefined {
  const [, mark, value] = /^([ve]):([\s\S]+)$/.exec(typeof text === 'string' ? text : '') ?? [];
  return value === undefined ? undefined : { what: mark === 'e' ? 'event' : 'view', value };
}

const within = (raw: unknown, least: number, most: number, otherwise: number): number =>
  Number.isInteger(raw) && Number(raw) >= least && Number(raw) <= most ? Number(raw) : otherwise;

export function usePathState(): [PathState, (change: Partial<PathState>) => void] {
  const [address, set] = useAddress();
  const state = useMemo<PathState>(() => {
    const acts = (['view', 'event', 'any'] as const).find((one) => one === address.acts) ?? 'view';
    return {
      direction: address.way === 'to' ? 'to' : 'from',
      anchor: readNode(address.node),
      acts,
      pages: address.pages === 'folder' ? 'folder' : 'page',
      groups: Array.isArray(address.groups) ? address.groups.map(String).filter((one) => /^\/.*\*$/.test(one)) : [],
      depth: within(address.depth, 2, DEEPEST_PATH, 3),
      top: within(address.top, 2, 12, 6),
      length: within(address.length, 2, 5, 3),
    };
  }, [address]);
  const change = ({ direction, anchor, ...rest }: Partial<PathState>) =>
    set({
      ...rest,
      ...(direction ? { way: direction === 'to' ? 'to' : undefined } : {}),
    });
  return [
    state,
    (given) => {
      if ('anchor' in given) set({ node: given.anchor ? writeNode(given.anchor) : undefined });
      const { anchor: _, ...others } = given;
      if (Object.keys(others).length > 0) change(others);
    },
  ];
}

/** A node as a condition on one event; groups are pages that begin alike. */
export function actOfNode({ what, value }: PathNode): Act {
  if (what === 'event') return { what, where: { property: 'event', is: 'equals', value } };
  return value.endsWith('*')
    ? { what, where: { property: 'page', is: 'starts-with', value: value.slice(0, -1) } }
    : { what, where: { property: 'page', is: 'equals', value } };
}

export function useNodeWords(): (node: PathNode) => string {
  const { t } = useTranslation();
  return ({ what, value }) => (what === 'event' ? t('paths.event', { name: value }) : value || t('empty.other'));
}
