// A screen or table with nothing in it teaches: what will stand here, and the next step.
import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

interface Props {
  title: string;
  text?: ReactNode;
  children?: ReactNode;
}

export function EmptyState({ title, text, children }: Props) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {text && <p className={styles.text}>{text}</p>}
      {children && <div className={styles.next}>{children}</div>}
    </div>
  );
}
