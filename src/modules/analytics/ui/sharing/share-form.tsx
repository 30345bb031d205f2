// A new link: who it is for, until when, and a password where the figures shouldn't be open to whoever gets the link passed on.
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../../web/api.ts';
import { addDays, todayIn } from '../../../../web/dates.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { SHORTEST_PASSWORD, type Shown } from '../../sharing/contract.ts';
import { newPassword } from './new-password.ts';
import { reloadShares } from './reload.ts';
import styles from './sharing.module.css';

/** As long as a month's talk about a report lasts. */
const USUAL_DAYS = 30;

export function ShareForm({ of }: { of: Shown }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const today = todayIn(workspace.timeZone);
  const [name, setName] = useState('');
  const [lastDay, setLastDay] = useState(addDays(today, USUAL_DAYS));
  const [password, setPassword] = useState('');
  const [told, setTold] = useState<string | null>(null);
  const short = password !== '' && password.length < SHORTEST_PASSWORD;
  const create = useMutation({
    mutationFn: () =>
      client.shares.create({
        ...{ workspace: workspace.id, ...of, name, lastDay: lastDay === '' ? null : lastDay },
        ...(password === '' ? {} : { password }),
      }),
    onSuccess: async () => {
      setTold(password === '' ? null : password);
      setName('');
      setPassword('');
      await reloadShares();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '' && !short) create.mutate();
      }}
    >
      <Stack gap="sm">
        <div className={styles.fields}>
          <TextInput
            label={t('sharing.who')}
            placeholder={t('sharing.whoExample')}
            value={name}
            maxLength={120}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t('sharing.lastDay')}
            description={t('sharing.lastDayHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={today}
            value={lastDay}
            onChange={(event) => setLastDay(event.currentTarget.value)}
          />
          <TextInput
            label={t('sharing.password')}
            description={t('sharing.passwordHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autoComplete="off"
            value={password}
            error={short && t('sharing.passwordShort', { count: SHORTEST_PASSWORD })}
            onChange={(event) => setPassword(event.currentTarget.value)}
            rightSectionWidth={96}
            rightSection={
              <button type="button" className={styles.quiet} onClick={() => setPassword(newPassword())}>
                {t('sharing.makeOne')}
              </button>
            }
          />
        </div>
        {create.isError && <Problem error={create.error} />}
        {told !== null && (
          <output className={styles.told}>
            {t('sharing.tellPassword')} <code>{told}</code>
          </output>
        )}
        <Group gap="xs">
          <Button type="submit" loading={create.isPending} disabled={name.trim() === '' || short}>
            {t('sharing.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
