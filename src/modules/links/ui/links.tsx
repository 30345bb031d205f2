// Links: everything that is sent out carries one, so that what comes back is known.
import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Link as RouterLink } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../web/address.ts';
import { api, client, queryClient } from '../../../web/api.ts';
import { EmptyState } from '../../../web/parts/empty-state.tsx';
import { Page } from '../../../web/parts/page.tsx';
import { Problem, useProblemText } from '../../../web/parts/problem.tsx';
import { offerUndo } from '../../../web/parts/undo.ts';
import { Waiting } from '../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { AnalysisPage, useView } from '../../analytics/ui/index.ts';
import { LinkDetail } from './link-detail.tsx';
import { LinkEditor } from './link-editor.tsx';
import { LinkTable } from './link-table.tsx';
import styles from './links.module.css';

export default function Links() {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [view, change] = useView('90d');
  const [address, setAddress] = useAddress();
  const problem = useProblemText();
  const manage = may('analytics:manage');
  const [find, setFind] = useState(typeof address.find === 'string' ? address.find : '');
  const [found] = useDebouncedValue(find, 200);
  const goal = typeof address.goal === 'string' ? address.goal : undefined;
  const list = useQuery(api.links.list.queryOptions({ input: { workspace: workspace.id } }));
  const goals = useQuery(api.goals.list.queryOptions({ input: { workspace: workspace.id } }));
  const figures = useQuery(
    api.links.figures.queryOptions({
      input: { workspace: workspace.id, ...view.scope, ...(goal ? { goal } : {}) },
      enabled: (list.data?.length ?? 0) > 0,
      placeholderData: keepPreviousData,
    }),
  );
  const conversion = goals.data?.find((one) => one.id === goal)?.name ?? t('links.orders');
  const reload = () => queryClient.invalidateQueries({ queryKey: api.links.key() });
  const chosen = list.data?.find((one) => one.id === address.link);
  const edit = typeof address.edit === 'string' ? address.edit : undefined;
  const editing = list.data?.find((one) => one.id === edit);
  const archive = useMutation({
    mutationFn: (id: string) => client.links.archive({ workspace: workspace.id, link: id }),
    onSuccess: async (link) => {
      setAddress({ link: undefined });
      await offerUndo({
        text: t('links.archived', { name: link.name }),
        action: t('undo.action'),
        failed: problem,
        undo: async () => {
          await client.links.undo({ workspace: workspace.id, link: link.id });
          await reload();
        },
      });
      await reload();
    },
  });
  if (edit !== undefined && list.data) {
    return (
      <Page title={editing?.name ?? t('links.new')} intro={editing ? undefined : t('links.newIntro')}>
        <LinkEditor
          key={`${edit} ${editing?.version ?? 0}`}
          {...(editing ? { link: editing } : {})}
          onSaved={async (link) => {
            await reload();
            setAddress({ edit: undefined, link: link.id });
          }}
          onClose={() => setAddress({ edit: undefined })}
        />
      </Page>
    );
  }
  const figuresOf = (id: string) => figures.data?.rows.find((row) => row.id === id);
  const text = found.trim().toLowerCase();
  const lines = list.data
    ?.filter((link) =>
      [link.name, link.target, link.source, link.medium, link.campaign, link.content, link.term, link.short].some(
        (one) => one.toLowerCase().includes(text),
      ),
    )
    .map((link) => ({ link, figures: figuresOf(link.id) }));
  const to = (path: string) => `/w/${workspace.id}/${path}`;
  const actions = chosen ? (
    <>
      <Button variant="default" onClick={() => setAddress({ link: undefined })}>
        {t('links.all')}
      </Button>
      {manage && (
        <>
          <Button variant="default" onClick={() => setAddress({ edit: chosen.id })}>
            {t('links.edit')}
          </Button>
          <Button variant="default" loading={archive.isPending} onClick={() => archive.mutate(chosen.id)}>
            {t('links.archive')}
          </Button>
        </>
      )}
    </>
  ) : (
    <>
      <Button component={RouterLink} variant="default" to={to('links/bulk')}>
        {t('bulk.title')}
      </Button>
      <Button component={RouterLink} variant="default" to={to('links/convention')}>
        {t('links.convention')}
      </Button>
      {manage && list.data !== undefined && list.data.length > 0 && (
        <Button onClick={() => setAddress({ edit: 'new' })}>{t('links.new')}</Button>
      )}
    </>
  );
  // links are made before anything is measured, so an empty list teaches by itself
  if (list.data?.length === 0) {
    return (
      <Page title={t('nav.links')} actions={actions}>
        <EmptyState title={t('links.none')} text={t('links.noneText')}>
          {manage && <Button onClick={() => setAddress({ edit: 'new' })}>{t('links.first')}</Button>}
        </EmptyState>
      </Page>
    );
  }
  return (
    <AnalysisPage
      title={chosen?.name ?? t('nav.links')}
      view={view}
      change={change}
      trust={figures.data?.trust}
      actions={actions}
    >
      {archive.isError && <Problem error={archive.error} />}
      {figures.isError && <Problem error={figures.error} onRetry={figures.refetch} />}
      {list.isError ? (
        <Problem error={list.error} onRetry={list.refetch} />
      ) : list.data === undefined ? (
        <Waiting />
      ) : chosen ? (
        <LinkDetail link={chosen} figures={figuresOf(chosen.id)} conversion={conversion} view={view} />
      ) : (
        <>
          <div className={styles.tools}>
            <TextInput
              className={styles.search}
              label={t('links.find')}
              placeholder={t('links.findIn')}
              value={find}
              onChange={(event) => setFind(event.currentTarget.value)}
            />
            <Select
              label={t('links.countAs')}
              data={[
                { value: '', label: t('links.orders') },
                ...(goals.data ?? []).map((one) => ({ value: one.id, label: one.name })),
              ]}
              value={goal ?? ''}
              allowDeselect={false}
              onChange={(id) => setAddress({ goal: id || undefined })}
            />
          </div>
          <div aria-busy={figures.isPending || figures.isPlaceholderData}>
            <LinkTable
              lines={lines}
              conversion={conversion}
              view={view}
              change={change}
              onOpen={(id) => setAddress({ link: id })}
            />
            {lines?.length === 0 && <p className={styles.hint}>{t('nothingFound')}</p>}
          </div>
        </>
      )}
    </AnalysisPage>
  );
}
