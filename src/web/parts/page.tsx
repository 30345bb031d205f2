// A screen inside a company: its title, what belongs beside the title, and the content.
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useWorkspace } from '../workspace.ts';
import styles from './page.module.css';

interface Props {
  title: string;
  /** one muted line beside the title */
  aside?: ReactNode;
  actions?: ReactNode;
  /** a line below the title that says what the screen is for */
  intro?: ReactNode;
  children: ReactNode;
}

export function Page({ title, aside, actions, intro, children }: Props) {
  const { workspace } = useWorkspace();
  useEffect(() => {
    document.title = `${title} · ${workspace.name} · Tradewind`;
  }, [title, workspace.name]);
  return (
    <>
      <header className={styles.header}>
        <h1>{title}</h1>
        {aside && <div className={styles.aside}>{aside}</div>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {intro && <p className={styles.intro}>{intro}</p>}
      {children}
    </>
  );
}
