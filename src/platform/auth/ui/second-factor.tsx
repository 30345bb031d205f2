// The second factor of the signed-in person: set up, taken off, its backup codes made anew.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../../../web/api.ts';
import { Section } from '../../../web/parts/section.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './account.module.css';
import { endSecondFactor, newBackupCodes } from './account-calls.ts';
import { BackupCodes } from './backup-codes.tsx';
import { PasswordForm } from './password-form.tsx';
import { SecondFactorSetup } from './second-factor-setup.tsx';

type Doing = 'nothing' | 'set-up' | 'off' | 'new-codes';

export function SecondFactor() {
  const { t } = useTranslation();
  const { me } = useWorkspace();
  const [doing, setDoing] = useState<Doing>('nothing');
  const [codes, setCodes] = useState<string[] | null>(null);
  const done = async (fresh: string[] | null) => {
    setCodes(fresh);
    setDoing('nothing');
    await queryClient.invalidateQueries({ queryKey: api.me.key() });
    await queryClient.invalidateQueries({ queryKey: api.account.key() });
  };
  const off = useMutation({ mutationFn: endSecondFactor, onSuccess: () => done(null) });
  const renew = useMutation({ mutationFn: newBackupCodes, onSuccess: done });
  const cancel = () => {
    off.reset();
    renew.reset();
    setDoing('nothing');
  };
  const on = me.user.twoFactor;
  return (
    <Section title={t('factor.title')}>
      <p className={styles.text}>
        {on ? <span className={styles.good}>{t('factor.on')}</span> : t('factor.off')}
        {on && ` ${t('factor.onText')}`}
      </p>
      {codes && <BackupCodes codes={codes} email={me.user.email} onKept={() => setCodes(null)} />}
      {!codes && doing === 'nothing' && (
        <div className={styles.buttons}>
          {!on && <Button onClick={() => setDoing('set-up')}>{t('factor.setUp')}</Button>}
          {on && (
            <>
              <Button variant="default" onClick={() => setDoing('new-codes')}>
                {t('factor.newCodes')}
              </Button>
              <Button variant="default" onClick={() => setDoing('off')}>
                {t('factor.turnOff')}
              </Button>
            </>
          )}
        </div>
      )}
      {doing === 'set-up' && <SecondFactorSetup onDone={done} onCancel={cancel} />}
      {doing === 'off' && (
        <>
          <p className={styles.text}>{t('factor.offText')}</p>
          <PasswordForm
            action={t('factor.turnOff')}
            busy={off.isPending}
            error={off.error}
            onPassword={off.mutate}
            onCancel={cancel}
          />
        </>
      )}
      {doing === 'new-codes' && (
        <>
          <p className={styles.text}>{t('factor.newCodesText')}</p>
          <PasswordForm
            action={t('factor.newCodes')}
            busy={renew.isPending}
            error={renew.error}
            onPassword={renew.mutate}
            onCancel={cancel}
          />
        </>
      )}
    </Section>
  );
}
