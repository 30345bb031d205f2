// What one was told: a count on the bell, a list under it, one press to the screen that matters.
import { Popover } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notification } from '../../platform/notifications/contract.ts';
import { api, client, queryClient } from '../api.ts';
import { formatMoment } from '../format.ts';
import { Problem } from '../parts/problem.tsx';
import { useEscape } from '../parts/use-escape.ts';
import { useWorkspace } from '../workspace.ts';
import { BellIcon } from './icons.tsx';
import styles from './tools.module.css';

const ASK_EVERY_MS = 20_000;

export function NotificationBell({ asked }: { asked: number }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const [openedFor, setOpenedFor] = useState(0);
  useEscape(opened, () => setOpened(false));
  useEffect(() => {
    if (asked > openedFor) {
      setOpenedFor(asked);
      setOpened(true);
    }
  }, [asked, openedFor]);
  const list = useQuery(
    api.notifications.list.queryOptions({ input: { workspace: workspace.id }, refetchInterval: ASK_EVERY_MS }),
  );
  const read = useMutation({
    mutationFn: (notification?: string) =>
      client.notifications.read({ workspace: workspace.id, ...(notification ? { notification } : {}) }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.notifications.key() }),
  });
  const open = (one: Notification): void => {
    if (!one.read) read.mutate(one.id);
    setOpened(false);
    if (one.path === null) return;
    const [path, search] = one.path.split('?');
    void navigate({
      to: `/w/$workspace/${path}`,
      params: { workspace: workspace.id },
      search: Object.fromEntries(new URLSearchParams(search)),
    } as never);
  };
  const unread = list.data?.unread ?? 0;
  const words = ({ kind, details }: Notification): string =>
    t(`notifications.kind.${kind.replaceAll('.', '-')}`, {
      ...details,
      title: details.title ? t(String(details.title)) : '',
      role: details.role ? t(`roles.${details.role}.name`) : '',
      interpolation: { escapeValue: false },
    });
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus withRoles>
      <Popover.Target>
        <button
          type="button"
          className={`${styles.sign} ${styles.bell}`}
          aria-label={unread > 0 ? t('notifications.openUnread', { count: unread }) : t('notifications.open')}
          onClick={() => setOpened((before) => !before)}
        >
          <BellIcon />
          {unread > 0 && <span className={styles.count}>{unread > 99 ? '99+' : unread}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('notifications.title')}>
        <div className={styles.told}>
          <div className={styles.toldHead}>
            <span>{t('notifications.title')}</span>
            {unread > 0 && (
              <button type="button" className={styles.plain} onClick={() => read.mutate(undefined)}>
                {t('notifications.readAll')}
              </button>
            )}
          </div>
          {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
          {list.data?.notifications.length === 0 && <p className={styles.nothing}>{t('notifications.none')}</p>}
          <ul className={styles.list}>
            {list.data?.notifications.map((one) => (
              <li key={one.id}>
                <button type="button" className={styles.item} onClick={() => open(one)}>
                  <span className={one.read ? undefined : styles.unread}>{words(one)}</span>
                  {typeof one.details.error === 'string' && <p className={styles.quiet}>{one.details.error}</p>}
                  <p className={styles.quiet}>
                    <time dateTime={one.at}>{formatMoment(one.at, i18n.language, workspace.timeZone)}</time>
                    {!one.read && ` · ${t('notifications.new')}`}
                  </p>
                </button>
              </li>
            ))}
          </ul>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
