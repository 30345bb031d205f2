// Accepting an invitation: someone new gives a name and a password, someone known only their password.
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, client, errorCode } from '../../../web/api.ts';
import { PlainPage } from '../../../web/parts/plain-page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { useRules } from '../../../web/parts/rules.ts';
import { Waiting } from '../../../web/parts/waiting.tsx';
import { signIn } from '../../../web/session.ts';

export default function Invite() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const offer = useQuery(api.invitations.get.queryOptions({ input: { invitation: id } }));
  if (offer.isError && errorCode(offer.error) !== 'OFFLINE') {
    return (
      <PlainPage title={t('invite.gone')} intro={t('invite.goneText')}>
        <Button component={Link} to="/">
          {t('notFound.home')}
        </Button>
      </PlainPage>
    );
  }
  if (offer.isError) return <Problem error={offer.error} onRetry={offer.refetch} />;
  if (offer.data === undefined) return <Waiting />;
  return <InviteForm id={id} offer={offer.data} />;
}

interface Offer {
  workspaceName: string;
  email: string;
  role: string;
  hasAccount: boolean;
}

function InviteForm({ id, offer }: { id: string; offer: Offer }) {
  const { t } = useTranslation();
  const rules = useRules();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: '', password: '' },
    validate: {
      name: (value) => (offer.hasAccount ? null : rules.filled(value)),
      password: (value) => (offer.hasAccount ? rules.filled(value) : rules.password(value)),
    },
  });
  const accept = useMutation({
    mutationFn: async ({ name, password }: typeof form.values) => {
      const joined = await client.invitations.accept({
        invitation: id,
        password,
        ...(offer.hasAccount ? {} : { name }),
      });
      await signIn(joined.email, password);
      await navigate({ to: `/w/${joined.workspace}`, replace: true });
    },
  });
  const role = t(`roles.${offer.role}.name`);
  return (
    <PlainPage
      title={t('invite.title', { company: offer.workspaceName })}
      intro={t(offer.hasAccount ? 'invite.known' : 'invite.new', { email: offer.email, role })}
    >
      <form onSubmit={form.onSubmit((values) => accept.mutate(values))}>
        <Stack gap="md">
          {!offer.hasAccount && (
            <TextInput label={t('person.name')} autoComplete="name" {...form.getInputProps('name')} />
          )}
          <PasswordInput
            label={t('person.password')}
            description={offer.hasAccount ? undefined : t('person.passwordHint')}
            autoComplete={offer.hasAccount ? 'current-password' : 'new-password'}
            visibilityToggleButtonProps={{ 'aria-label': t('person.showPassword') }}
            {...form.getInputProps('password')}
          />
          {accept.isError && <Problem error={accept.error} />}
          <Button type="submit" loading={accept.isPending}>
            {t('invite.accept')}
          </Button>
        </Stack>
      </form>
    </PlainPage>
  );
}
