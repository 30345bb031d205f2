// A saved segment among the filters of the overview: picked in the panel, named in a chip that leads to its definition.
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import { isReadySegment } from '../segments/ready-contract.ts';
import styles from './overview.module.css';
import { useSegmentChoices } from './segments/segment-choices.ts';
import type { View } from './view.ts';

function useSegments() {
  const { workspace } = useWorkspace();
  return useQuery(api.segments.list.queryOptions({ input: { workspace: workspace.id }, staleTime: 60_000 }));
}

export function SegmentPick({ view, onPick }: { view: View; onPick: (id: string | undefined) => void }) {
  const { t } = useTranslation();
  const segments = useSegments();
  const choices = useSegmentChoices();
  if (!segments.data) return null;
  return (
    <div className={styles.segmentPick}>
      <Select
        label={t('segments.filter')}
        placeholder={t('segments.pick')}
        data={choices(segments.data)}
        value={view.segment ?? null}
        clearable
        searchable
        openOnFocus={false}
        comboboxProps={{ withinPortal: false }}
        onChange={(id) => onPick(id ?? undefined)}
      />
      <p>{t('segments.or')}</p>
    </div>
  );
}

export function SegmentChip({ id, period, onRemove }: { id: string; period: string; onRemove: () => void }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const segments = useSegments();
  const name = isReadySegment(id)
    ? t(`segments.ready.${id}`)
    : (segments.data?.find((one) => one.id === id)?.name ?? '…');
  const said = t('segments.inForce', { name });
  return (
    <span className={styles.chip}>
      <Link
        to="/w/$workspace/segments"
        params={{ workspace: workspace.id } as never}
        search={(isReadySegment(id) ? {} : { edit: id }) as never}
        className={styles.chipLink}
      >
        {said}
      </Link>
      <Link
        to="/w/$workspace/compare"
        params={{ workspace: workspace.id } as never}
        search={{ of: ['all', id], differs: id, period } as never}
        className={styles.chipLink}
        aria-label={t('segments.compareName', { name })}
      >
        {t('segments.compare')}
      </Link>
      <button type="button" aria-label={t('filter.remove', { filter: said })} onClick={onRemove}>
        ×
      </button>
    </span>
  );
}
