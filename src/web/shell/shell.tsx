// The frame around every screen of a company: navigation left, the screen right; on a phone a bar above and a drawer.
import { Burger, Drawer } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { Link, Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { pages } from '../../modules/pages.ts';
import { useWorkspaceId } from '../address.ts';
import { errorCode } from '../api.ts';
import { followWorkspaceLanguage } from '../i18n/language.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Problem } from '../parts/problem.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { rememberWorkspace, useMe } from '../workspace.ts';
import { Navigation } from './navigation.tsx';
import styles from './shell.module.css';
import { ToSignIn } from './to-sign-in.tsx';
import { ToolButtons, ToolPanels, useTools } from './tools.tsx';

const Toasts = lazy(() => import('../parts/undo-toast.tsx').then(({ Toasts }) => ({ default: Toasts })));

export function Shell() {
  const { t } = useTranslation();
  const id = useWorkspaceId();
  const { pathname } = useLocation();
  const me = useMe();
  const workspace = me.data?.workspaces.find((one) => one.id === id);
  const [opened, drawer] = useDisclosure(false);
  const tools = useTools();
  const narrow = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });

  useEffect(() => {
    if (workspace === undefined) return;
    rememberWorkspace(workspace.id);
    void followWorkspaceLanguage(workspace.language);
  }, [workspace]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: going somewhere closes the drawer
  useEffect(() => drawer.close(), [pathname]);

  if (me.isError && errorCode(me.error) === 'UNAUTHORIZED') return <ToSignIn />;
  if (me.isError) return <Problem error={me.error} onRetry={me.refetch} />;
  if (me.data === undefined) return <Waiting />;
  if (workspace === undefined) {
    return (
      <main className={styles.main}>
        <EmptyState title={t('shell.noCompany')} text={t('shell.noCompanyText')}>
          <Link to="/">{t('notFound.home')}</Link>
        </EmptyState>
      </main>
    );
  }
  // the company asks for a second factor: until there is one, only one's own account opens
  if (workspace.requireTwoFactor && !me.data.user.twoFactor && !/\/account\/?$/.test(pathname))
    return <Navigate to="/w/$workspace/account" params={{ workspace: id } as never} replace />;
  const page = pages.find((one) => pathname.replace(/\/$/, '') === `/w/${id}/${one.path}`);
  const allowed = page === undefined || workspace.permissions.includes(page.permission);
  return (
    <div className={styles.app}>
      <a href="#content" className={styles.skip}>
        {t('shell.skip')}
      </a>
      <div className={styles.bar}>
        <Burger opened={opened} onClick={drawer.toggle} size="sm" aria-label={t('shell.menu')} />
        <span className={styles.barName}>{workspace.name}</span>
        {narrow && <ToolButtons tools={tools} compact />}
      </div>
      <aside className={styles.side}>
        <Navigation me={me.data} workspace={workspace}>
          {!narrow && <ToolButtons tools={tools} />}
        </Navigation>
      </aside>
      <Drawer
        opened={opened}
        onClose={drawer.close}
        size={264}
        title={t('shell.menu')}
        closeButtonProps={{ 'aria-label': t('close') }}
        classNames={{ content: styles.drawer, body: styles.drawerBody }}
      >
        <Navigation me={me.data} workspace={workspace} />
      </Drawer>
      <main id="content" tabIndex={-1} className={styles.main}>
        <Suspense fallback={<Waiting />}>
          {allowed ? <Outlet /> : <EmptyState title={t('shell.forbidden')} text={t('shell.forbiddenText')} />}
        </Suspense>
      </main>
      <ToolPanels tools={tools} workspace={workspace} page={page} />
      <Suspense fallback={null}>
        <Toasts position="bottom-right" />
      </Suspense>
    </div>
  );
}
