// What a person sets for themselves: language, theme, and signing out.
import { Menu } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useWorkspaceId } from '../address.ts';
import { queryClient } from '../api.ts';
import { signOut } from '../session.ts';
import styles from './navigation.module.css';
import { LanguageItems, ThemeItems } from './preferences.tsx';

export function UserMenu({ name, email }: { name: string; email: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const workspace = useWorkspaceId();
  const leave = async () => {
    await signOut();
    await navigate({ to: '/sign-in' });
    queryClient.clear();
  };
  return (
    <Menu width={224} position="top-start" shadow="md">
      <Menu.Target>
        <button type="button" className={styles.opener}>
          <span>{name}</span>
          <span className={`${styles.chevron} ${styles.up}`} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{email}</Menu.Label>
        <Menu.Item component={Link} to="/w/$workspace/account" params={{ workspace } as never}>
          {t('account.title')}
        </Menu.Item>
        <LanguageItems />
        <ThemeItems />
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>{t('shell.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
