// One member: name, role to change, and taking them off, confirmed by name.
import { Button, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { Confirm } from '../../../web/parts/confirm.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { ROLES, type Role } from '../../api/contract-base.ts';
import styles from './workspaces.module.css';

interface Props {
  workspace: string;
  member: { user: string; name: string; email: string; role: Role; twoFactor: boolean };
  self: boolean;
  manage: boolean;
}

export function MemberRow({ workspace, member, self, manage }: Props) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const reload = () => queryClient.invalidateQueries({ queryKey: api.members.key() });
  const setRole = useMutation({
    mutationFn: (role: Role) => client.members.setRole({ workspace, user: member.user, role }),
    onSuccess: reload,
  });
  const remove = useMutation({
    mutationFn: () => client.members.remove({ workspace, user: member.user }),
    onSuccess: async () => {
      setAsking(false);
      await reload();
    },
  });
  const endSessions = useMutation({
    mutationFn: () => client.members.endSessions({ workspace, user: member.user }),
  });
  return (
    <li className={styles.row}>
      <div>
        <div>
          {member.name}
          {self && <span className={styles.quiet}> · {t('people.you')}</span>}
        </div>
        <div className={styles.quiet}>
          {member.email}
          {member.twoFactor && ` · ${t('people.twoFactor')}`}
        </div>
      </div>
      {manage ? (
        <Select
          aria-label={t('people.roleOf', { name: member.name })}
          w={168}
          data={ROLES.map((role) => ({ value: role, label: t(`roles.${role}.name`) }))}
          value={member.role}
          allowDeselect={false}
          disabled={setRole.isPending}
          onChange={(role) => role !== null && role !== member.role && setRole.mutate(role)}
        />
      ) : (
        <span>{t(`roles.${member.role}.name`)}</span>
      )}
      {manage && (
        <div className={styles.buttons}>
          <Button
            variant="default"
            aria-label={`${t('people.endSessions')}: ${member.name}`}
            disabled={self || endSessions.isSuccess}
            loading={endSessions.isPending}
            onClick={() => endSessions.mutate()}
          >
            {t(endSessions.isSuccess ? 'people.sessionsEnded' : 'people.endSessions')}
          </Button>
          <Button
            variant="default"
            aria-label={`${t('people.remove')}: ${member.name}`}
            disabled={self}
            onClick={() => setAsking(true)}
          >
            {t('people.remove')}
          </Button>
        </div>
      )}
      {(setRole.isError || endSessions.isError) && (
        <div className={styles.wide}>
          <Problem error={setRole.error ?? endSessions.error} />
        </div>
      )}
      <Confirm
        opened={asking}
        title={t('people.removeTitle', { name: member.name })}
        text={t('people.removeText')}
        name={member.name}
        action={t('people.remove')}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsking(false)}
      />
    </li>
  );
}
