// Saved segments with their sizes now, in words; each is opened, used in the overview, put away and brought back.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { api, client, queryClient } from '../../../../web/api.ts';
import { EmptyState } from '../../../../web/parts/empty-state.tsx';
import { Page } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Segment } from '../../segments/contract.ts';
import { isReadySegment, READY_SEGMENTS } from '../../segments/ready-contract.ts';
import { readAct } from './act-address.ts';
import { actOf } from './draft.ts';
import { ReadyList } from './ready-list.tsx';
import { SegmentEditor } from './segment-editor.tsx';
import { SegmentList } from './segment-list.tsx';
import styles from './segments.module.css';

/** What was just done, so that it can be taken back where it was done. */
interface Done {
  id: string;
  name: string;
  what: 'saved' | 'archived' | 'restored';
}

export default function Segments() {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [address, setAddress] = useAddress();
  const [done, setDone] = useState<Done | null>(null);
  const state = address.state === 'archived' ? 'archived' : 'active';
  const edit = typeof address.edit === 'string' ? address.edit : undefined;
  const list = useQuery(api.segments.list.queryOptions({ input: { workspace: workspace.id, state } }));
  const reload = () => queryClient.invalidateQueries({ queryKey: api.segments.key() });
  const change = useMutation({
    mutationFn: ({ id, verb }: { id: string; verb: 'archive' | 'undo' }) =>
      client.segments[verb]({ workspace: workspace.id, segment: id }),
    onSuccess: async (segment, { verb }) => {
      setDone(
        verb === 'archive'
          ? { id: segment.id, name: segment.name, what: 'archived' }
          : { id: segment.id, name: segment.name, what: 'restored' },
      );
      await reload();
    },
  });
  const saved = async (segment: Segment): Promise<void> => {
    setDone({ id: segment.id, name: segment.name, what: 'saved' });
    close();
    await reload();
  };
  const close = () => setAddress({ edit: undefined, copy: undefined, act: undefined });
  const copied = typeof address.copy === 'string' && isReadySegment(address.copy) ? address.copy : undefined;
  const told = readAct(address.act);
  const start = copied
    ? { name: t('segments.copyOf', { name: t(`segments.ready.${copied}`) }), definition: READY_SEGMENTS[copied] }
    : told
      ? { name: '', definition: { version: 1, selects: 'visitors', where: { did: actOf(told) } } as const }
      : undefined;
  const open = list.data?.find((one) => one.id === edit);
  if (edit !== undefined && list.data) {
    return (
      <Page title={open ? open.name : t('segments.new')}>
        <SegmentEditor
          key={`${edit} ${open?.version ?? 0}`}
          {...(open ? { segment: open } : {})}
          {...(start ? { start } : {})}
          all={list.data}
          onSaved={(segment) => void saved(segment)}
          onClose={close}
        />
      </Page>
    );
  }
  return (
    <Page
      title={t('nav.segments')}
      intro={t('segments.intro')}
      actions={
        may('analytics:manage') && <Button onClick={() => setAddress({ edit: 'new' })}>{t('segments.new')}</Button>
      }
    >
      {done && (
        <p className={styles.done} role="status">
          {t(`segments.done.${done.what}`, { name: done.name })}{' '}
          <button type="button" className={styles.quiet} onClick={() => change.mutate({ id: done.id, verb: 'undo' })}>
            {t('segments.undo')}
          </button>
        </p>
      )}
      {change.isError && <Problem error={change.error} />}
      {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
      {!list.isError && list.data === undefined && <Waiting />}
      {list.data?.length === 0 && state === 'active' && (
        <EmptyState title={t('segments.none')} text={t('segments.noneText')}>
          {may('analytics:manage') && (
            <Button onClick={() => setAddress({ edit: 'new' })}>{t('segments.first')}</Button>
          )}
        </EmptyState>
      )}
      {list.data && (list.data.length > 0 || state === 'archived') && (
        <SegmentList
          segments={list.data}
          state={state}
          busy={change.isPending}
          onEdit={(id) => setAddress({ edit: id })}
          onArchive={(id) => change.mutate({ id, verb: 'archive' })}
          onRestore={(id) => change.mutate({ id, verb: 'undo' })}
        />
      )}
      {state === 'active' && list.data && <ReadyList onCopy={(copy) => setAddress({ edit: 'new', copy })} />}
      <button
        type="button"
        className={styles.quiet}
        onClick={() => setAddress({ state: state === 'active' ? 'archived' : undefined })}
      >
        {t(state === 'active' ? 'segments.showArchived' : 'segments.showActive')}
      </button>
    </Page>
  );
}
