// What every screen has at hand: the palette, what one was told, and help. Each is loaded when first asked for.
import { lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PageEntry } from '../page-registry.ts';
import type { Membership } from '../workspace.ts';
import { HelpIcon, SearchIcon } from './icons.tsx';
import { NotificationBell } from './notification-bell.tsx';
import styles from './tools.module.css';
import { useShortcuts } from './use-shortcuts.ts';

const Palette = lazy(() => import('./palette.tsx').then(({ Palette }) => ({ default: Palette })));
const HelpPanel = lazy(() => import('./help-panel.tsx').then(({ HelpPanel }) => ({ default: HelpPanel })));
const ShortcutMap = lazy(() => import('./shortcut-map.tsx').then(({ ShortcutMap }) => ({ default: ShortcutMap })));

/** How often each was asked for; 0: not yet, so not loaded. */
export interface Shown {
  palette: number;
  help: boolean | null;
  keys: boolean | null;
  bell: number;
}

export function useTools() {
  const [shown, setShown] = useState<Shown>({ palette: 0, help: null, keys: null, bell: 0 });
  const show = useCallback(
    (what: 'palette' | 'help' | 'keys' | 'bell') =>
      setShown((before) => ({
        ...before,
        ...(what === 'palette' || what === 'bell' ? { [what]: before[what] + 1 } : { [what]: before[what] !== true }),
      })),
    [],
  );
  const hide = useCallback((what: 'help' | 'keys') => setShown((before) => ({ ...before, [what]: false })), []);
  return { shown, show, hide };
}
export type Tools = ReturnType<typeof useTools>;

/** The buttons: in the navigation on a wide screen, in the bar on a phone. */
export function ToolButtons({ tools, compact }: { tools: Tools; compact?: true }) {
  const { t } = useTranslation();
  return (
    <div className={compact ? styles.compact : styles.tools}>
      <button
        type="button"
        className={compact ? styles.sign : styles.search}
        {...(compact ? { 'aria-label': t('palette.open') } : {})}
        aria-keyshortcuts="Control+K"
        onClick={() => tools.show('palette')}
      >
        <SearchIcon />
        {!compact && <span>{t('palette.short')}</span>}
      </button>
      <NotificationBell asked={tools.shown.bell} />
      <button type="button" className={styles.sign} aria-label={t('help.open')} onClick={() => tools.show('help')}>
        <HelpIcon />
      </button>
    </div>
  );
}

/** What the buttons and keys open; once on a page. */
export function ToolPanels({
  tools,
  workspace,
  page,
}: {
  tools: Tools;
  workspace: Membership;
  page: PageEntry | undefined;
}) {
  const { shown, show, hide } = tools;
  useShortcuts(workspace, show);
  return (
    <Suspense fallback={null}>
      {shown.palette > 0 && <Palette asked={shown.palette} workspace={workspace} onShow={show} />}
      {shown.help !== null && (
        <HelpPanel
          opened={shown.help}
          guide={page?.guide}
          title={page ? page.title : 'help.title'}
          onClose={() => hide('help')}
          onKeys={() => show('keys')}
        />
      )}
      {shown.keys !== null && <ShortcutMap opened={shown.keys} workspace={workspace} onClose={() => hide('keys')} />}
    </Suspense>
  );
}
