// One connection: its health, a try for real, its settings and its last calls.
import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../web/api.ts';
import { formatMoment } from '../../../web/format.ts';
import { Confirm } from '../../../web/parts/confirm.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { Calls } from './calls.tsx';
import { ConnectionForm } from './connection-form.tsx';
import styles from './connections.module.css';
import type { ConnectionInfo, ProviderInfo } from './shapes.ts';

interface Props {
  connection: ConnectionInfo;
  provider: ProviderInfo | undefined;
  manage: boolean;
  onChange: () => Promise<unknown>;
}

export function ConnectionRow({ connection, provider, manage, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const [open, setOpen] = useState<'settings' | 'calls' | null>(null);
  const [removing, setRemoving] = useState(false);
  const at = { workspace: workspace.id, connection: connection.id };
  const test = useMutation({ mutationFn: () => client.connections.test(at), onSettled: onChange });
  const turn = useMutation({
    mutationFn: () => client.connections.update({ ...at, state: connection.state === 'off' ? 'new' : 'off' }),
    onSuccess: onChange,
  });
  const remove = useMutation({ mutationFn: () => client.connections.remove(at), onSuccess: onChange });
  const said =
    test.data ?? (connection.said === null ? null : { ok: connection.state === 'works', said: connection.said });
  const toggle = (what: 'settings' | 'calls') => setOpen(open === what ? null : what);
  const label = (words: string) => `${words}: ${connection.name}`;
  return (
    <li className={styles.row}>
      <div>
        <div className={styles.name}>
          {connection.name}{' '}
          <span className={styles[connection.state]}>{t(`connections.state.${connection.state}`)}</span>
        </div>
        <div className={styles.quiet}>
          {t(`providers.of.${connection.provider}.name`)}
          {connection.checkedAt !== null &&
            ` · ${t('connections.checked', { when: formatMoment(connection.checkedAt, i18n.language, workspace.timeZone) })}`}
        </div>
      </div>
      {manage && (
        <Group gap="xs" className={styles.acts}>
          <Button aria-label={label(t('connections.test'))} loading={test.isPending} onClick={() => test.mutate()}>
            {t('connections.test')}
          </Button>
          <Button
            variant="default"
            aria-label={label(t('connections.settings'))}
            aria-expanded={open === 'settings'}
            onClick={() => toggle('settings')}
          >
            {t('connections.settings')}
          </Button>
          <Button
            variant="default"
            aria-label={label(t('connections.calls'))}
            aria-expanded={open === 'calls'}
            onClick={() => toggle('calls')}
          >
            {t('connections.calls')}
          </Button>
        </Group>
      )}
      {said && (
        <p className={styles.said} role="status">
          <span className={said.ok ? styles.works : styles.fails}>
            {t(said.ok ? 'connections.ok' : 'connections.bad')}
          </span>{' '}
          <code>{said.said}</code>
        </p>
      )}
      {test.isError && <Problem error={test.error} />}
      {open === 'settings' && provider && (
        <div className={styles.wide}>
          <ConnectionForm
            provider={provider}
            connection={connection}
            onDone={async () => {
              setOpen(null);
              test.reset();
              await onChange();
            }}
            onCancel={() => setOpen(null)}
          />
          <Group gap="xs" mt="md">
            <Button variant="default" loading={turn.isPending} onClick={() => turn.mutate()}>
              {t(connection.state === 'off' ? 'connections.on' : 'connections.off')}
            </Button>
            <Button variant="default" onClick={() => setRemoving(true)}>
              {t('connections.remove')}
            </Button>
          </Group>
          {turn.isError && <Problem error={turn.error} />}
        </div>
      )}
      {open === 'calls' && (
        <div className={styles.wide}>
          <Calls connection={connection.id} />
        </div>
      )}
      <Confirm
        opened={removing}
        title={t('connections.removeTitle', { name: connection.name })}
        text={t('connections.removeText')}
        name={connection.name}
        action={t('connections.remove')}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={() => setRemoving(false)}
      />
    </li>
  );
}
