// The navigation of a company: what exists and what this person may see, nothing else.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { pages } from '../../modules/pages.ts';
import { NAVIGATION_GROUPS } from '../page-registry.ts';
import type { Membership } from '../workspace.ts';
import styles from './navigation.module.css';
import { UserMenu } from './user-menu.tsx';
import { WorkspaceSwitcher } from './workspace-switcher.tsx';

export interface Me {
  user: { name: string; email: string };
  workspaces: Membership[];
}

interface Props {
  me: Me;
  workspace: Membership;
  /** between the company and the screens */
  children?: ReactNode;
}

export function Navigation({ me, workspace, children }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.navigation}>
      <WorkspaceSwitcher me={me} workspace={workspace} />
      {children}
      <nav aria-label={t('shell.navigation')} className={styles.links}>
        {NAVIGATION_GROUPS.map((group) => {
          const shown = pages.filter((page) => page.group === group && workspace.permissions.includes(page.permission));
          if (shown.length === 0) return null;
          return (
            <div key={group}>
              <div className={styles.group}>{t(`nav.group.${group}`)}</div>
              {shown.map((page) => (
                <Link
                  key={page.path}
                  to={`/w/$workspace/${page.path}`}
                  params={{ workspace: workspace.id } as never}
                  activeOptions={{ includeSearch: false }}
                  className={styles.link}
                >
                  {t(page.title)}
                </Link>
              ))}
            </div>
          );
        })}
      </nav>
      <UserMenu name={me.user.name} email={me.user.email} />
    </div>
  );
}
