// One import from its file to its result: each state of it is a step, and each step can be left and come back to.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { Waiting } from '../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import type { ImportKindView, ImportView, LookedAt } from '../contract.ts';
import { Checked } from './checked.tsx';
import styles from './imports.module.css';
import { Look } from './look.tsx';
import { Outcome } from './outcome.tsx';
import { isLive, isStuck, Working } from './working.tsx';

interface Props {
  id: string;
  kinds: readonly ImportKindView[];
  /** what was seen of the file when it arrived */
  looked: LookedAt | undefined;
  onClose: () => void;
}

export function Wizard({ id, kinds, looked, onClose }: Props) {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const at = { workspace: workspace.id, import: id };
  const [again, setAgain] = useState(false);
  const query = useQuery(
    api.imports.get.queryOptions({
      input: at,
      refetchInterval: (state) => (state.state.data && isLive(state.state.data) ? 500 : false),
    }),
  );
  const refresh = async (view?: ImportView) => {
    if (view) queryClient.setQueryData(api.imports.get.queryOptions({ input: at }).queryKey, view);
    await queryClient.invalidateQueries({ queryKey: api.imports.key() });
  };
  const start = useMutation({ mutationFn: () => client.imports.start(at), onSuccess: refresh });
  const remove = useMutation({
    mutationFn: () => client.imports.remove(at),
    onSuccess: async () => {
      onClose();
      await refresh();
    },
  });
  const view = query.data;
  const isLooking = view !== undefined && (view.state === 'draft' || again) && !isLive(view);
  // an import that was left is looked at again, read as it was read then
  const seen = useQuery({
    queryKey: ['looked', id, again],
    enabled: isLooking && (looked === undefined || again),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: () => {
      const { format: _, ...reading } = view!.settings.reading;
      return client.imports.look({ ...at, reading });
    },
  });
  if (query.isError) return <Problem error={query.error} onRetry={query.refetch} />;
  const kind = kinds.find((one) => one.name === view?.kind);
  if (view === undefined || kind === undefined) return <Waiting />;
  const first = again || looked === undefined ? seen.data : looked;
  const manage = kind.allowed && may('files:write');
  const before = view.state === 'draft' ? undefined : view.settings.mapping;
  const canThrow = manage && ['draft', 'checking', 'checked'].includes(view.state) && !isLive(view);
  return (
    <div className={styles.wizard}>
      <div className={styles.about}>
        <strong>{view.fileName}</strong>
        <span className={styles.actions}>
          {canThrow && (
            <Button variant="default" size="compact-sm" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t('imports.throw')}
            </Button>
          )}
          <Button variant="default" size="compact-sm" onClick={onClose}>
            {t('imports.close')}
          </Button>
        </span>
      </div>
      {remove.isError && <Problem error={remove.error} />}
      {isLooking && seen.isError && <Problem error={seen.error} onRetry={seen.refetch} />}
      {isLooking && first && (
        <Look
          key={String(again)}
          workspace={workspace.id}
          kind={kind}
          first={first}
          before={before}
          onChecked={(next) => {
            setAgain(false);
            void refresh(next);
          }}
        />
      )}
      {isLooking && !first && !seen.isError && <Waiting />}
      {!isLooking && (isLive(view) || isStuck(view)) && <Working view={view} onChange={() => void refresh()} />}
      {!isLooking && view.state === 'checked' && <Checked view={view} kind={kind} />}
      {!isLooking && manage && (view.state === 'checked' || (view.state === 'checking' && isStuck(view))) && (
        <div className={styles.next}>
          {view.state === 'checked' && (view.summary?.rows ?? 0) > (view.summary?.rejected ?? 0) && (
            <Button loading={start.isPending} onClick={() => start.mutate()}>
              {t('imports.start', { count: (view.summary?.rows ?? 0) - (view.summary?.rejected ?? 0) })}
            </Button>
          )}
          <Button variant="default" onClick={() => setAgain(true)}>
            {t('imports.change')}
          </Button>
        </div>
      )}
      {start.isError && <Problem error={start.error} />}
      {!isLive(view) && ['done', 'undone', 'writing', 'undoing'].includes(view.state) && (
        <Outcome view={view} manage={manage} onChange={refresh} />
      )}
    </div>
  );
}
