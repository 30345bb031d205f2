// Every screen, record and everyday act by a few letters: Ctrl+K, type, Enter.
import '@mantine/spotlight/styles.layer.css';
import { Modal, useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pages } from '../../modules/pages.ts';
import { api } from '../api.ts';
import { chooseLanguage } from '../i18n/language.ts';
import { type Membership, useMe } from '../workspace.ts';
import { SearchIcon } from './icons.tsx';
import styles from './palette.module.css';
import type { ToolKey } from './shortcuts.ts';

interface Entry {
  id: string;
  title: string;
  detail?: string | null;
  act: () => void;
}

const [store, { open }] = createSpotlight();
const holds = (title: string, text: string): boolean =>
  text
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => title.toLocaleLowerCase().includes(word));

interface Props {
  asked: number;
  workspace: Membership;
  onShow: (tool: ToolKey) => void;
}

export function Palette({ asked, workspace, onShow }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const { setColorScheme } = useMantineColorScheme();
  const [typed, setTyped] = useState('');
  const text = typed.trim();
  const [settledText] = useDebouncedValue(text, 150);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every asking opens it
  useEffect(() => open(), [asked]);
  const found = useQuery(
    api.finder.find.queryOptions({
      input: { workspace: workspace.id, text: settledText },
      enabled: settledText !== '',
      placeholderData: (before) => before,
    }),
  );
  const go = (path: string, search: Record<string, unknown> = {}, to = workspace.id) =>
    void navigate({ to: `/w/$workspace/${path}`, params: { workspace: to }, search } as never);
  const screens: Entry[] = pages
    .filter((page) => workspace.permissions.includes(page.permission))
    .map((page) => ({ id: page.path, title: t(page.title), act: () => go(page.path) }));
  const acts: Entry[] = [
    ...(['light', 'dark', 'auto'] as const).map((theme) => ({
      id: `theme-${theme}`,
      title: `${t('shell.theme')}: ${t(`shell.themes.${theme}`)}`,
      act: () => setColorScheme(theme),
    })),
    { id: 'en', title: `${t('shell.language')}: English`, act: () => void chooseLanguage('en') },
    { id: 'ru', title: `${t('shell.language')}: Русский`, act: () => void chooseLanguage('ru') },
    { id: 'help', title: t('help.open'), act: () => onShow('help') },
    { id: 'keys', title: t('keys.title'), act: () => onShow('keys') },
    { id: 'new-company', title: t('shell.addCompany'), act: () => void navigate({ to: '/new-company' } as never) },
  ];
  const companies: Entry[] = (me.data?.workspaces ?? [])
    .filter(({ id }) => id !== workspace.id)
    .map(({ id, name }) => ({ id, title: name, act: () => go('overview', {}, id) }));
  const records: Entry[] =
    text === ''
      ? []
      : (found.data?.records ?? []).map(({ kind, id, title, detail, path, search }) => ({
          id: `${kind} ${id}`,
          title,
          detail: [t(`palette.kind.${kind}`), detail].filter(Boolean).join(' · '),
          act: () => go(path, search),
        }));
  const groups: readonly (readonly [words: string, entries: Entry[]])[] = [
    [t('palette.screens'), screens.filter(({ title }) => holds(title, text))],
    [t('palette.records'), records],
    [t('shell.companies'), companies.filter(({ title }) => holds(title, text))],
    [t('palette.acts'), text === '' ? [] : acts.filter(({ title }) => holds(title, text))],
  ];
  const shownIds = groups.flatMap(([, entries]) => entries.map(({ id }) => id)).join(' ');
  // Enter opens the first one, also of those that come later
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever what is shown has changed
  useEffect(() => {
    const actions = document.querySelectorAll('[role=dialog] [data-action]');
    for (const [index, action] of actions.entries())
      action.toggleAttribute('data-selected', index === 0 && text !== '');
    store.updateState((state) => ({ ...state, selected: text === '' ? -1 : 0 }));
  }, [shownIds, text]);
  const nothing = groups.every(([, entries]) => entries.length === 0) && !found.isFetching;
  return (
    <Spotlight.Root
      store={store}
      query={typed}
      onQueryChange={setTyped}
      shortcut={null}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      scrollable
      maxHeight="min(480px, 70vh)"
      classNames={{ content: styles.content }}
      onSpotlightClose={() => setTyped('')}
    >
      <Modal.Title className="visually-hidden">{t('palette.open')}</Modal.Title>
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.open')}
        leftSection={<SearchIcon />}
        maxLength={100}
      />
      <Spotlight.ActionsList>
        {groups.map(
          ([words, entries]) =>
            entries.length > 0 && (
              <Spotlight.ActionsGroup key={words} label={words}>
                {entries.map(({ id, title, detail, act }) => (
                  <Spotlight.Action
                    key={id}
                    label={title}
                    {...(detail ? { description: detail } : {})}
                    highlightQuery={false}
                    onClick={act}
                  />
                ))}
              </Spotlight.ActionsGroup>
            ),
        )}
        {nothing && <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
