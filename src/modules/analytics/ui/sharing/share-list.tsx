// Links to people outside: each to copy, with what it opens, until when, and how often it was opened; taken back by a press.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { client } from '../../../../web/api.ts';
import { formatDate, formatMoment } from '../../../../web/format.ts';
import { CopyLine } from '../../../../web/parts/copy-line.tsx';
import { Problem, useProblemText } from '../../../../web/parts/problem.tsx';
import { offerUndo } from '../../../../web/parts/undo.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Share } from '../../sharing/contract.ts';
import { reloadShares } from './reload.ts';
import styles from './sharing.module.css';

interface Props {
  shares: readonly Share[];
  /** each names what it shows */
  titled?: boolean;
}

export function ShareList({ shares, titled = false }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const problem = useProblemText();
  const back = async (share: string): Promise<void> => {
    await client.shares.undo({ workspace: workspace.id, share });
    await reloadShares();
  };
  const archive = useMutation({
    mutationFn: ({ id }: Share) => client.shares.archive({ workspace: workspace.id, share: id }),
    onSuccess: async ({ id, name }) => {
      await offerUndo({
        text: t('sharing.takenBack', { name }),
        action: t('undo.action'),
        failed: problem,
        undo: () => back(id),
      });
      await reloadShares();
    },
  });
  const date = (day: string) => formatDate(day, i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
  const about = ({ lastDay, ended, locked, opened, openedAt }: Share): string =>
    [
      lastDay === null ? t('sharing.forGood') : t(ended ? 'sharing.endedOn' : 'sharing.until', { day: date(lastDay) }),
      t(locked ? 'sharing.locked' : 'sharing.open'),
      openedAt === null
        ? t('sharing.neverOpened')
        : t('sharing.opened', {
            count: opened,
            when: formatMoment(openedAt, i18n.language, workspace.timeZone),
          }),
    ].join(' · ');
  const pathOf = ({ report, dashboard }: Share) =>
    report
      ? { to: `/w/${workspace.id}/explorer`, search: { report } }
      : { to: `/w/${workspace.id}/dashboards`, search: { dashboard } };
  return (
    <>
      {archive.isError && <Problem error={archive.error} />}
      <ul className={styles.list}>
        {shares.map((share) => (
          <li key={share.id} data-ended={share.ended || undefined}>
            <div className={styles.head}>
              <div>
                <strong>{share.name}</strong>
                {titled && share.title !== null && (
                  <>
                    {' '}
                    ·{' '}
                    <Link to={pathOf(share).to} search={pathOf(share).search as never}>
                      {share.title}
                    </Link>
                  </>
                )}
                <p>{about(share)}</p>
              </div>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`${t('sharing.takeBack')}: ${share.name}`}
                onClick={() => archive.mutate(share)}
              >
                {t('sharing.takeBack')}
              </Button>
            </div>
            <CopyLine label={t('sharing.link', { name: share.name })} value={share.url} />
          </li>
        ))}
      </ul>
    </>
  );
}
