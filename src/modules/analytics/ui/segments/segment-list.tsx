// The list of segments: name, the sentence it means, its size now and what can be done with it.
import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { formatMoment, formatValue } from '../../../../web/format.ts';
import { useProblemText } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Segment } from '../../segments/contract.ts';
import styles from './segments.module.css';
import { useSegmentWords } from './use-segment-words.ts';

interface Props {
  segments: readonly Segment[];
  state: 'active' | 'archived';
  busy: boolean;
  onEdit: (id: string) => void;
  onArchive: (id: string) => void;
  onRestore: (id: string) => void;
}

export function SegmentList({ segments, state, busy, onEdit, onArchive, onRestore }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const words = useSegmentWords({ nameOf: (id) => segments.find((one) => one.id === id)?.name });
  const manage = may('analytics:manage');
  if (segments.length === 0) return <p className={styles.hint}>{t('segments.noneArchived')}</p>;
  return (
    <ul className={styles.list}>
      {segments.map((segment) => (
        <li key={segment.id} className={styles.row}>
          <div className={styles.rowWords}>
            <div className={styles.rowName}>
              {state === 'active' ? (
                <button type="button" className={styles.open} onClick={() => onEdit(segment.id)}>
                  {segment.name}
                </button>
              ) : (
                segment.name
              )}
            </div>
            <div>{words(segment.definition)}</div>
            <div className={styles.hint}>
              {t('segments.changedBy', {
                who: segment.updatedBy,
                when: formatMoment(segment.updatedAt, i18n.language, workspace.timeZone),
              })}
            </div>
          </div>
          {state === 'active' && <Size segment={segment} />}
          <div className={styles.rowActions}>
            {state === 'active' && <SegmentLinks id={segment.id} name={segment.name} />}
            {manage && (
              <Button
                variant="default"
                disabled={busy}
                aria-label={`${t(state === 'active' ? 'segments.archive' : 'segments.restore')}: ${segment.name}`}
                onClick={() => (state === 'active' ? onArchive(segment.id) : onRestore(segment.id))}
              >
                {t(state === 'active' ? 'segments.archive' : 'segments.restore')}
              </Button>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Where a segment leads: the overview of its visits, and the comparison with everyone. */
export function SegmentLinks({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const params = { workspace: workspace.id } as never;
  return (
    <>
      <Link
        to="/w/$workspace/overview"
        params={params}
        search={{ segment: id } as never}
        className={styles.use}
        aria-label={`${t('segments.use')}: ${name}`}
      >
        {t('segments.use')}
      </Link>
      <Link
        to="/w/$workspace/compare"
        params={params}
        search={{ of: ['all', id] } as never}
        className={styles.use}
        aria-label={`${t('segments.compare')}: ${name}`}
      >
        {t('segments.compare')}
      </Link>
    </>
  );
}

export function Size({ segment }: { segment: Pick<Segment, 'site' | 'definition'> }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const problem = useProblemText();
  const { site, definition } = segment;
  const size = useQuery(
    api.segments.count.queryOptions({ input: { workspace: workspace.id, site, definition }, refetchInterval: 60_000 }),
  );
  const found = size.data;
  if (size.isError) return <span className={styles.warn}>{problem(size.error)}</span>;
  if (!found) return <Skeleton height={16} width={72} />;
  const apart = found.joined === null ? 0 : 1 - found.joined;
  return (
    <div className={styles.size}>
      <b>{formatValue(found.visitors, 'count', i18n.language)}</b>
      <span className={styles.hint}>{t('segments.visitorsWord', { count: found.visitors })}</span>
      {apart > 0 && (
        <span className={styles.hint}>
          {t('segments.apartShort', { share: formatValue(apart, 'share', i18n.language) })}
        </span>
      )}
    </div>
  );
}
