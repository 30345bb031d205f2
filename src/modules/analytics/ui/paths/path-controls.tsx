// What a flow starts from or leads to, how deep it goes and what counts as one node.
import { NumberInput, Select, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import { useSuggestions } from '../use-suggestions.ts';
import type { View } from '../view.ts';
import { type PathState, readNode, writeNode } from './path-state.ts';
import styles from './paths.module.css';

interface Props {
  state: PathState;
  view: View;
  onChange: (change: Partial<PathState>) => void;
}

const START = '';

export function PathControls({ state, view, onChange }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [typed, setTyped] = useState('');
  const seen = useQuery(api.goals.seen.queryOptions({ input: { workspace: workspace.id }, staleTime: 60_000 }));
  const scope = { period: view.scope.period, ...(view.site ? { site: view.site } : {}) };
  const found = useSuggestions({ scope, property: 'page', typed, wanted: true });
  const chosen = state.anchor && writeNode(state.anchor);
  const own = state.anchor?.what === 'view' ? [state.anchor.value] : [];
  const pages = [...new Set([...own, ...found, ...(seen.data?.pages ?? []).map(({ page }) => page)])];
  const events = [
    ...new Set([
      ...(state.anchor?.what === 'event' ? [state.anchor.value] : []),
      ...(seen.data?.events ?? []).map(({ name }) => name),
    ]),
  ];
  const data = [
    { value: START, label: t(`paths.ends.${state.direction}`) },
    ...(pages.length > 0
      ? [{ group: t('paths.pagesGroup'), items: pages.map((value) => ({ value: `v:${value}`, label: value })) }]
      : []),
    ...(events.length > 0
      ? [{ group: t('paths.eventsGroup'), items: events.map((value) => ({ value: `e:${value}`, label: value })) }]
      : []),
  ];
  return (
    <div className={styles.controls}>
      <Select
        label={t('paths.direction')}
        data={(['from', 'to'] as const).map((id) => ({ value: id, label: t(`paths.directions.${id}`) }))}
        value={state.direction}
        allowDeselect={false}
        onChange={(direction) => onChange({ direction: direction === 'to' ? 'to' : 'from' })}
      />
      <Select
        label={t(`paths.anchor.${state.direction}`)}
        className={styles.anchor}
        data={data}
        value={chosen ?? START}
        searchable
        openOnFocus={false}
        allowDeselect={false}
        onSearchChange={setTyped}
        onChange={(text) => {
          const anchor = readNode(text);
          const hidden = anchor?.what === 'event' && state.acts === 'view';
          onChange({ anchor, ...(hidden ? { acts: 'any' as const } : {}) });
        }}
      />
      <Select
        label={t('paths.acts')}
        data={(['view', 'event', 'any'] as const).map((id) => ({ value: id, label: t(`paths.actsOf.${id}`) }))}
        value={state.acts}
        allowDeselect={false}
        onChange={(acts) => onChange({ acts: (acts ?? 'view') as PathState['acts'] })}
      />
      <Select
        label={t('paths.pages')}
        data={(['page', 'folder'] as const).map((id) => ({ value: id, label: t(`paths.pagesBy.${id}`) }))}
        value={state.pages}
        allowDeselect={false}
        onChange={(pages) => onChange({ pages: pages === 'folder' ? 'folder' : 'page' })}
      />
      <TagsInput
        label={t('paths.groups')}
        className={styles.groups}
        placeholder={state.groups.length === 0 ? '/blog/*' : ''}
        value={state.groups}
        maxTags={10}
        onChange={(groups) =>
          onChange({ groups: groups.map((one) => `/${one.replace(/^\/+/, '').replace(/\**$/, '')}*`) })
        }
      />
      <NumberInput
        label={t('paths.depth')}
        className={styles.number}
        min={2}
        max={6}
        allowDecimal={false}
        value={state.depth}
        onChange={(depth) => typeof depth === 'number' && onChange({ depth })}
      />
      <NumberInput
        label={t('paths.top')}
        className={styles.number}
        min={2}
        max={12}
        allowDecimal={false}
        value={state.top}
        onChange={(top) => typeof top === 'number' && onChange({ top })}
      />
    </div>
  );
}
