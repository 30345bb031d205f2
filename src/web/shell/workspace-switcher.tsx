// The company on screen, the others of this person, and the way to add one.
import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Membership } from '../workspace.ts';
import styles from './navigation.module.css';
import type { Me } from './navigation.tsx';

export function WorkspaceSwitcher({ me, workspace }: { me: Me; workspace: Membership }) {
  const { t } = useTranslation();
  return (
    <Menu width={240} position="bottom-start" shadow="md">
      <Menu.Target>
        <button type="button" className={`${styles.opener} ${styles.strong}`}>
          <span>{workspace.name}</span>
          <span className={styles.chevron} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.companies')}</Menu.Label>
        {me.workspaces.map((one) => (
          <Menu.Item
            key={one.id}
            component={Link}
            to="/w/$workspace/overview"
            params={{ workspace: one.id } as never}
            aria-current={one.id === workspace.id}
            fw={one.id === workspace.id ? 600 : 400}
          >
            {one.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/new-company">
          {t('shell.addCompany')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
