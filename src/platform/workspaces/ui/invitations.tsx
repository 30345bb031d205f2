// Inviting by e-mail and role, and the invitations that wait, each with its link to hand over.
import { Button, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { formatMoment } from '../../../web/format.ts';
import { Confirm } from '../../../web/parts/confirm.tsx';
import { CopyLine } from '../../../web/parts/copy-line.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Rows } from '../../../web/parts/rows.tsx';
import { useRules } from '../../../web/parts/rules.ts';
import { Section } from '../../../web/parts/section.tsx';
import type { Membership } from '../../../web/workspace.ts';
import { ROLES, type Role } from '../../api/contract-base.ts';
import styles from './workspaces.module.css';

type InvitedRole = Exclude<Role, 'owner'>;
const INVITED_ROLES = ROLES.filter((role): role is InvitedRole => role !== 'owner');
const reload = () => queryClient.invalidateQueries({ queryKey: api.invitations.key() });

export function Invitations({ workspace }: { workspace: Membership }) {
  const { t, i18n } = useTranslation();
  const rules = useRules();
  const [revoking, setRevoking] = useState<{ id: string; email: string } | null>(null);
  const list = useQuery(api.invitations.list.queryOptions({ input: { workspace: workspace.id } }));
  const form = useForm({
    initialValues: { email: '', role: 'marketer' as InvitedRole },
    validate: { email: rules.email },
  });
  const invite = useMutation({
    mutationFn: (values: { email: string; role: InvitedRole }) =>
      client.invitations.create({ workspace: workspace.id, ...values }),
    onSuccess: async () => {
      form.reset();
      await reload();
    },
  });
  const revoke = useMutation({
    mutationFn: (invitation: string) => client.invitations.revoke({ workspace: workspace.id, invitation }),
    onSuccess: async () => {
      setRevoking(null);
      await reload();
    },
  });
  return (
    <Section title={t('people.invite')} hint={t('people.inviteHint')}>
      <form className={styles.form} onSubmit={form.onSubmit((values) => invite.mutate(values))}>
        <TextInput label={t('person.email')} type="email" {...form.getInputProps('email')} />
        <Select
          label={t('people.role')}
          w={168}
          allowDeselect={false}
          data={INVITED_ROLES.map((role) => ({ value: role, label: t(`roles.${role}.name`) }))}
          {...form.getInputProps('role')}
        />
        <Button type="submit" loading={invite.isPending}>
          {t('people.makeLink')}
        </Button>
      </form>
      {invite.isError && <Problem error={invite.error} />}
      {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
      {!list.isError && (
        <Rows rows={list.data} empty={t('people.noInvitations')}>
          {(one) => (
            <li key={one.id} className={styles.row}>
              <div>
                <div>{one.email}</div>
                <div className={styles.quiet}>
                  {t('people.invitedBy', {
                    role: t(`roles.${one.role}.name`),
                    who: one.invitedBy,
                    until: formatMoment(one.expiresAt, i18n.language, workspace.timeZone),
                  })}
                </div>
                {one.mail !== null && (
                  <div
                    className={one.mail.state === 'failed' ? styles.bad : styles.quiet}
                    title={one.mail.answer ?? undefined}
                  >
                    {t(`people.mail.${one.mail.state}`)}
                  </div>
                )}
              </div>
              <Button
                variant="default"
                aria-label={`${t('people.revoke')}: ${one.email}`}
                onClick={() => setRevoking(one)}
              >
                {t('people.revoke')}
              </Button>
              <div className={styles.wide}>
                <CopyLine label={t('people.linkFor', { email: one.email })} value={one.link} />
              </div>
            </li>
          )}
        </Rows>
      )}
      <Confirm
        opened={revoking !== null}
        title={t('people.revokeTitle', { email: revoking?.email ?? '' })}
        text={t('people.revokeText')}
        name={revoking?.email ?? ''}
        action={t('people.revoke')}
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoking && revoke.mutate(revoking.id)}
        onClose={() => setRevoking(null)}
      />
    </Section>
  );
}
