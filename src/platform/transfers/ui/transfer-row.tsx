// One export or import: how far it is, what came of it, and the archive or the company to go to.
import { Button, Progress } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../web/api.ts';
import { formatBytes, formatMoment } from '../../../web/format.ts';
import { Confirm } from '../../../web/parts/confirm.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import type { TransferView } from '../contract.ts';
import styles from './backup.module.css';

export const isLive = ({ finishedAt, run }: TransferView): boolean =>
  finishedAt === null && (run?.state === 'waiting' || run?.state === 'running');

function useOutcome() {
  const { t, i18n } = useTranslation();
  return ({ direction, result, error, run, finishedAt }: TransferView): { text: string; bad: boolean } => {
    const failed = error ?? (finishedAt === null ? run?.error : null);
    if (failed) return { text: failed, bad: true };
    if (run?.state === 'cancelled') return { text: t('transfers.cancelled'), bad: false };
    if (result === null) return { text: t('transfers.cutOff'), bad: true };
    const parts = [
      t('transfers.events', { count: result.events, shown: result.events.toLocaleString(i18n.language) }),
      result.files > 0 && t('transfers.files', { count: result.files }),
      result.people > 0 &&
        t(direction === 'export' ? 'transfers.people' : 'transfers.invited', { count: result.people }),
      result.bytes !== undefined && formatBytes(result.bytes, i18n.language),
    ];
    return { text: parts.filter(Boolean).join(' · '), bad: false };
  };
}

export function TransferRow({ transfer, onChange }: { transfer: TransferView; onChange: () => void }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const [removing, setRemoving] = useState(false);
  const outcome = useOutcome()(transfer);
  const at = { workspace: workspace.id, transfer: transfer.id };
  const fetchIt = useMutation({
    mutationFn: () => client.transfers.link(at),
    onSuccess: ({ path }) => window.location.assign(path),
  });
  const stop = useMutation({
    mutationFn: () => client.jobs.cancel({ workspace: workspace.id, run: transfer.run?.id ?? '' }),
    onSettled: onChange,
  });
  const remove = useMutation({
    mutationFn: () => client.transfers.removeFile(at),
    onSuccess: () => {
      setRemoving(false);
      onChange();
    },
  });
  const { run, result } = transfer;
  const live = isLive(transfer);
  const share = run?.total ? Math.min(run.done / run.total, 1) : 0;
  const label = (words: string) => `${words}: ${transfer.fileName}`;
  return (
    <li className={styles.row}>
      <div className={styles.about}>
        <div className={styles.name}>
          {t(`transfers.${transfer.direction}Of`, { name: result?.name ?? transfer.fileName })}
        </div>
        <div className={styles.quiet}>
          {transfer.fileName} · {formatMoment(transfer.createdAt, i18n.language, workspace.timeZone)} · {transfer.who}
        </div>
        {live && <Progress value={share * 100} aria-label={label(t(`transfers.${transfer.direction}`))} />}
        {live && (
          <div className={styles.quiet} role="status">
            {run?.words ? t(`jobs.words.${run.words.split('.').at(-1) ?? ''}`) : t('transfers.waits')}
          </div>
        )}
        {!live && <div className={outcome.bad ? styles.bad : styles.outcome}>{outcome.text}</div>}
        {!live && result?.connections && result.connections.length > 0 && (
          <div className={styles.warn}>{t('transfers.needPasswords', { names: result.connections.join(', ') })}</div>
        )}
        {!live && result?.newKeys && result.newKeys.length > 0 && (
          <div className={styles.warn}>{t('transfers.newKeys', { names: result.newKeys.join(', ') })}</div>
        )}
        {(fetchIt.isError || stop.isError) && <Problem error={fetchIt.error ?? stop.error} />}
      </div>
      <div className={styles.acts}>
        {live && (
          <Button
            variant="default"
            loading={stop.isPending}
            aria-label={label(t('jobs.cancel'))}
            onClick={() => stop.mutate()}
          >
            {t('jobs.cancel')}
          </Button>
        )}
        {transfer.hasFile && workspace.role === 'owner' && (
          <>
            <Button
              loading={fetchIt.isPending}
              aria-label={label(t('transfers.fetch'))}
              onClick={() => fetchIt.mutate()}
            >
              {t('transfers.fetch')}
            </Button>
            <Button variant="default" aria-label={label(t('transfers.remove'))} onClick={() => setRemoving(true)}>
              {t('transfers.remove')}
            </Button>
          </>
        )}
        {transfer.company !== null && (
          <Button component={Link} to={`/w/${transfer.company}/overview`}>
            {t('transfers.open')}
          </Button>
        )}
      </div>
      <Confirm
        opened={removing}
        title={t('transfers.removeTitle')}
        text={t('transfers.removeText')}
        name={transfer.fileName}
        action={t('transfers.remove')}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={() => setRemoving(false)}
      />
    </li>
  );
}
