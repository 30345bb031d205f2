// Two presses beside a figure of people: keep them as a segment, or look at them in the overview.
import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Segment, SegmentDefinition } from '../../segments/contract.ts';
import { useMakeSegment } from './make-segment.ts';
import styles from './segments.module.css';

interface Props {
  name: string;
  definition: SegmentDefinition;
  /** what the overview is opened for */
  period: string;
  disabled?: boolean;
}

export function SegmentButtons({ name, definition, period, disabled = false }: Props) {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const navigate = useNavigate();
  const [made, setMade] = useState<Segment | null>(null);
  const keep = useMakeSegment(setMade);
  const look = useMakeSegment((segment) => {
    void navigate({
      to: '/w/$workspace/overview',
      params: { workspace: workspace.id } as never,
      search: { segment: segment.id, period } as never,
    });
  });
  if (!may('analytics:manage')) return null;
  const busy = keep.isPending || look.isPending;
  const press = (way: typeof keep) => way.mutate({ name, definition });
  return (
    <div className={styles.make}>
      <Button variant="default" disabled={disabled || busy} onClick={() => press(keep)}>
        {t('segments.make')}
      </Button>
      <Button variant="default" disabled={disabled || busy} onClick={() => press(look)}>
        {t('segments.look')}
      </Button>
      {made && (
        <span role="status">
          {t('segments.made')}{' '}
          <Link
            to="/w/$workspace/segments"
            params={{ workspace: workspace.id } as never}
            search={{ edit: made.id } as never}
            className={styles.open}
          >
            {made.name}
          </Link>
        </span>
      )}
      {[keep, look].map(({ error }, index) => error && <Problem key={String(index)} error={error} />)}
    </div>
  );
}
