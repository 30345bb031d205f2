// Builds a funnel: its steps in order, whether anything may come between, how long it may take, and who goes through it. What it
// finds stands below and follows every change.
import { Button, Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../../web/api.ts';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Funnel } from '../../funnels/contract.ts';
import { SegmentScopeContext } from '../segments/scope.ts';
import type { View } from '../view.ts';
import { type FunnelDraft, newStep, toDefinition, UNITS, type WindowUnit } from './funnel-draft.ts';
import { FunnelStepFields } from './funnel-step-fields.tsx';
import styles from './funnels.module.css';

interface Props {
  funnel: Funnel | undefined;
  draft: FunnelDraft;
  view: View;
  onChange: (draft: FunnelDraft) => void;
  onSaved: (funnel: Funnel) => Promise<void>;
  onClose: () => void;
}

const MOST = 12;

export function FunnelEditor({ funnel, draft, view, onChange, onSaved, onClose }: Props) {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [name, setName] = useState(funnel?.name ?? '');
  const save = useMutation({
    mutationFn: () => {
      const given = { workspace: workspace.id, name, definition: toDefinition(draft) };
      return funnel
        ? client.funnels.update({ ...given, funnel: funnel.id, version: funnel.version })
        : client.funnels.create(given);
    },
    onSuccess: onSaved,
  });
  const { steps } = draft;
  const put = (next: FunnelDraft['steps']) => onChange({ ...draft, steps: next });
  return (
    <SegmentScopeContext value={{ period: view.scope.period, ...(view.site ? { site: view.site } : {}) }}>
      <form
        className={styles.editor}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') save.mutate();
        }}
      >
        <ol className={styles.steps}>
          {steps.map((step, index) => (
            <FunnelStepFields
              key={step.id}
              step={step}
              index={index}
              count={steps.length}
              onChange={(next) => put(steps.map((one) => (one.id === step.id ? next : one)))}
              onMove={(by) => {
                const moved = steps.filter((one) => one.id !== step.id);
                moved.splice(index + by, 0, step);
                put(moved);
              }}
              onRemove={() => put(steps.filter((one) => one.id !== step.id))}
            />
          ))}
        </ol>
        {steps.length < MOST && (
          <button type="button" className={styles.add} onClick={() => put([...steps, newStep('event')])}>
            {t('funnels.addStep')}
          </button>
        )}
        <div className={styles.rules}>
          <Select
            label={t('funnels.order')}
            data={(['ordered', 'strict'] as const).map((id) => ({ value: id, label: t(`funnels.orders.${id}`) }))}
            value={draft.order}
            allowDeselect={false}
            onChange={(order) => onChange({ ...draft, order: order === 'strict' ? 'strict' : 'ordered' })}
          />
          <Select
            label={t('funnels.by')}
            data={(['visitor', 'visit'] as const).map((id) => ({ value: id, label: t(`funnels.bys.${id}`) }))}
            value={draft.by}
            allowDeselect={false}
            onChange={(by) => onChange({ ...draft, by: by === 'visit' ? 'visit' : 'visitor' })}
          />
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <NumberInput
              label={t('funnels.window')}
              className={styles.number}
              min={1}
              max={366}
              allowDecimal={false}
              value={draft.window.n}
              onChange={(n) =>
                typeof n === 'number' && n >= 1 && n <= 366 && onChange({ ...draft, window: { ...draft.window, n } })
              }
            />
            <Select
              aria-label={t('funnels.windowUnit')}
              className={styles.unit}
              data={UNITS.map((id) => ({ value: id, label: t(`funnels.unit.${id}`, { count: draft.window.n }) }))}
              value={draft.window.unit}
              allowDeselect={false}
              onChange={(unit) =>
                onChange({ ...draft, window: { ...draft.window, unit: (unit ?? 'days') as WindowUnit } })
              }
            />
          </Group>
        </div>
        {save.isError && <Problem error={save.error} />}
        {may('analytics:manage') ? (
          <Group gap="sm" align="flex-end">
            <TextInput
              label={t('funnels.name')}
              className={styles.name}
              value={name}
              maxLength={120}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              {t('save')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
          </Group>
        ) : (
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        )}
      </form>
    </SegmentScopeContext>
  );
}
