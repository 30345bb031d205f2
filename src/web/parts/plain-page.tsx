// A calm page of one column outside a company: set-up, sign-in, an invitation, not found.
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { Preferences } from '../shell/preferences.tsx';
import styles from './plain-page.module.css';

interface Props {
  title: string;
  intro?: ReactNode;
  wide?: boolean;
  children?: ReactNode;
}

export function PlainPage({ title, intro, wide, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Tradewind`;
  }, [title]);
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <span className={styles.brand}>Tradewind</span>
        <Preferences />
      </header>
      <main className={wide ? styles.wide : styles.narrow}>
        <h1>{title}</h1>
        {intro && <p className={styles.intro}>{intro}</p>}
        {children}
      </main>
    </div>
  );
}
