// What an import has done, the rows it could not take, and the way back.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../web/api.ts';
import { Confirm } from '../../../web/parts/confirm.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import type { ImportView } from '../contract.ts';
import styles from './imports.module.css';
import { useWords } from './words.ts';

interface Props {
  view: ImportView;
  manage: boolean;
  onChange: (view?: ImportView) => Promise<void>;
}

/** 'Loaded: 410 rows, 3 days changed' or what was put back. */
export function useOutcomeLine() {
  const { t, number } = useWords();
  return (view: ImportView): string => {
    const { result } = view;
    if (result === null) return '';
    if (view.state === 'undone')
      return [
        t('imports.undone', { count: result.undone, n: number(result.undone) }),
        ...(result.kept > 0 ? [t('imports.kept', { count: result.kept, n: number(result.kept) })] : []),
      ].join(' ');
    const rows = result.added + result.changed + result.same;
    return [
      t('imports.loaded', { count: rows, n: number(rows) }),
      t('imports.daysChanged', { count: result.days, n: number(result.days) }),
    ].join(', ');
  };
}

export function Outcome({ view, manage, onChange }: Props) {
  const { t } = useTranslation();
  const { span, number } = useWords();
  const { workspace } = useWorkspace();
  const line = useOutcomeLine();
  const [asks, setAsks] = useState(false);
  const at = { workspace: workspace.id, import: view.id };
  const undo = useMutation({
    mutationFn: () => client.imports.undo(at),
    onSuccess: async (next) => {
      setAsks(false);
      await onChange(next);
    },
  });
  const { result } = view;
  const isOver = view.state === 'done' || view.state === 'undone';
  return (
    <>
      {result && isOver && (
        <>
          <p className={styles.verdict} role="status">
            {line(view)}
          </p>
          {view.state === 'done' && (
            <>
              <p className={styles.quiet}>{span(result.firstDay, result.lastDay)}</p>
              <dl className={styles.numbers}>
                {(['added', 'changed', 'same'] as const).map((name) => (
                  <div key={name}>
                    <dt>{t(`imports.counts.${name}`)}</dt>
                    <dd>{number(result[name])}</dd>
                  </div>
                ))}
              </dl>
            </>
          )}
        </>
      )}
      <div className={styles.next}>
        {view.hasRejects && <RejectsButton view={view} />}
        {manage && view.state !== 'undone' && (
          <Button variant="default" onClick={() => setAsks(true)}>
            {t('imports.undo')}
          </Button>
        )}
      </div>
      {undo.isError && !asks && <Problem error={undo.error} />}
      <Confirm
        opened={asks}
        title={t('imports.undo')}
        text={t('imports.undoText')}
        name={view.source}
        action={t('imports.undo')}
        busy={undo.isPending}
        error={undo.error}
        onConfirm={() => undo.mutate()}
        onClose={() => setAsks(false)}
      />
    </>
  );
}

export function RejectsButton({ view }: { view: ImportView }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const get = useMutation({
    mutationFn: () => client.imports.rejects({ workspace: workspace.id, import: view.id }),
    onSuccess: ({ path }) => window.location.assign(path),
  });
  return (
    <>
      <Button variant="default" loading={get.isPending} onClick={() => get.mutate()}>
        {t('imports.rejectsFile', { count: view.summary?.rejected ?? 0 })}
      </Button>
      {get.isError && <Problem error={get.error} />}
    </>
  );
}
