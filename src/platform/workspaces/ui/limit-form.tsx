// How far a role may go without asking: an empty field is without limit.
import { Button, Group, Modal, NumberInput, Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { currencySign, majorUnits } from '../../../web/format.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import type { LimitRow } from './limits.tsx';
import styles from './roles.module.css';

type Amount = number | '';

export function LimitForm({ limit, onClose }: { limit: LimitRow; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const { currency } = workspace;
  const minors = Math.round(1 / Number(majorUnits(1, currency)));
  const shown = (minor: number | null): Amount => (minor === null ? '' : Number(majorUnits(minor, currency)));
  const stored = (amount: Amount): number | null => (amount === '' ? null : Math.round(Number(amount) * minors));
  const form = useForm({
    initialValues: {
      perAction: shown(limit.moneyPerAction),
      perMonth: shown(limit.moneyPerMonth),
      discount: (limit.discountPercent ?? '') as Amount,
      mayPublish: limit.mayPublish,
      maySend: limit.maySend,
      mayErase: limit.mayErase,
    },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      client.limits.set({
        workspace: workspace.id,
        role: limit.role,
        moneyPerAction: stored(values.perAction),
        moneyPerMonth: stored(values.perMonth),
        discountPercent: values.discount === '' ? null : Number(values.discount),
        mayPublish: values.mayPublish,
        maySend: values.maySend,
        mayErase: values.mayErase,
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.limits.key() });
      onClose();
    },
  });
  const field = { min: 0, hideControls: true, placeholder: t('limits.free') };
  const money = { ...field, suffix: ` ${currencySign(currency, i18n.language)}`, thousandSeparator: ' ' };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('limits.of', { role: t(`roles.${limit.role}.name`) })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form className={styles.fields} onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <NumberInput label={t('limits.perAction')} data-autofocus {...money} {...form.getInputProps('perAction')} />
        <NumberInput label={t('limits.perMonth')} {...money} {...form.getInputProps('perMonth')} />
        <NumberInput
          label={t('limits.discount')}
          {...field}
          max={100}
          decimalScale={1}
          suffix=" %"
          {...form.getInputProps('discount')}
        />
        <Switch label={t('limits.mayPublish')} {...form.getInputProps('mayPublish', { type: 'checkbox' })} />
        <Switch label={t('limits.maySend')} {...form.getInputProps('maySend', { type: 'checkbox' })} />
        <Switch label={t('limits.mayErase')} {...form.getInputProps('mayErase', { type: 'checkbox' })} />
        {save.isError && <Problem error={save.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
