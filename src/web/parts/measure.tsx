// A figure with its name, its change and whether the change is good; pressing it puts it on the chart.
import { Skeleton } from '@mantine/core';
import type { Change } from '../format.ts';
import styles from './measure.module.css';

interface Props {
  label: string;
  value: string;
  change: Change | null;
  /** 1: more is better, -1: less is better, 0: neither */
  direction: 1 | -1 | 0;
  /** what the change is against, said once in the strip */
  against?: string;
  chosen: boolean;
  loading: boolean;
  onChoose: () => void;
}

export function Measure({ label, value, change, direction, against, chosen, loading, onChoose }: Props) {
  const verdict = change === null ? 0 : change.sign * direction;
  return (
    <button type="button" className={styles.measure} aria-pressed={chosen} onClick={onChoose}>
      <span className={styles.label}>{label}</span>
      <span className={styles.value}>{loading ? <Skeleton height={20} width={72} my={6} /> : value}</span>
      <span className={verdict > 0 ? styles.good : verdict < 0 ? styles.bad : styles.neutral}>
        {!loading && change !== null && `${change.text}${against ? ` ${against}` : ''}`}
      </span>
    </button>
  );
}
