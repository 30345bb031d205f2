// A plain list of things with room kept while it loads and a sentence when there is nothing.
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './rows.module.css';

interface Props<Row> {
  rows: readonly Row[] | undefined;
  empty: string;
  children: (row: Row) => ReactNode;
}

export function Rows<Row>({ rows, empty, children }: Props<Row>) {
  if (rows === undefined) {
    return (
      <div aria-busy="true">
        <Skeleton height={16} my={12} width="60%" />
        <Skeleton height={16} my={12} width="45%" />
      </div>
    );
  }
  if (rows.length === 0) return <p className={styles.empty}>{empty}</p>;
  return <ul className={styles.list}>{rows.map(children)}</ul>;
}
