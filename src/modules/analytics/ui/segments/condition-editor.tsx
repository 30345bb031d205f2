// One condition of a segment as a line of fields that reads like the sentence it makes.
import { NumberInput, Select } from '@mantine/core';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { currencySign } from '../../../../web/format.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import { ActFields, RowsEditor } from './act-fields.tsx';
import type { Condition } from './draft.ts';
import { RowEditor } from './row-editor.tsx';
import { SavedSegments } from './saved-segments.ts';
import { useSegmentChoices } from './segment-choices.ts';
import styles from './segments.module.css';
import { TimesFields, WithinFields } from './span-fields.tsx';
import { useSegmentWords } from './use-segment-words.ts';

interface Props {
  condition: Condition;
  onChange: (condition: Condition) => void;
}

export function ConditionEditor({ condition, onChange }: Props) {
  const { t } = useTranslation();
  switch (condition.kind) {
    case 'did':
      return (
        <ActFields
          act={condition.act}
          label={t('segments.whatLabel')}
          onChange={(act) => onChange({ ...condition, act })}
        >
          <TimesFields times={condition.times} onChange={(times) => onChange({ ...condition, times })} />
          <WithinFields within={condition.within} onChange={(within) => onChange({ ...condition, within })} />
        </ActFields>
      );
    case 'never':
      return (
        <ActFields
          act={condition.act}
          label={t('segments.whatLabel')}
          onChange={(act) => onChange({ ...condition, act })}
        >
          <WithinFields within={condition.within} onChange={(within) => onChange({ ...condition, within })} />
        </ActFields>
      );
    case 'visited':
      return (
        <>
          <TimesFields times={condition.times} onChange={(times) => onChange({ ...condition, times })} />
          <WithinFields within={condition.within} onChange={(within) => onChange({ ...condition, within })} />
          <RowsEditor
            rows={condition.rows}
            of="visit"
            first="channel"
            onChange={(rows) => onChange({ ...condition, rows })}
          />
        </>
      );
    case 'firstSeen':
    case 'lastSeen':
    case 'notSeen':
      return (
        <WithinFields
          kinds={['report', 'days', 'period']}
          within={condition.within}
          onChange={(within) => onChange({ ...condition, within })}
        />
      );
    case 'revenue':
      return (
        <>
          <Amount condition={condition} onChange={onChange} />
          <WithinFields within={condition.within} onChange={(within) => onChange({ ...condition, within })} />
        </>
      );
    case 'sequence':
      return (
        <>
          <ActFields
            act={condition.first}
            label={t('segments.firstLabel')}
            onChange={(first) => onChange({ ...condition, first })}
          />
          <div className={styles.fields}>
            <span className={styles.word}>{t('segments.thenWithin')}</span>
            <NumberInput
              aria-label={t('segments.dayCount')}
              className={styles.number}
              min={1}
              max={3660}
              allowDecimal={false}
              value={condition.days}
              onChange={(days) => typeof days === 'number' && days >= 1 && onChange({ ...condition, days })}
            />
            <span className={styles.word}>{t('segments.daysWord', { count: condition.days })}</span>
          </div>
          <ActFields
            act={condition.next}
            label={t('segments.nextLabel')}
            onChange={(next) => onChange({ ...condition, next })}
          />
          <WithinFields within={condition.within} onChange={(within) => onChange({ ...condition, within })} />
        </>
      );
    case 'property':
      return <RowEditor row={condition.row} of="visit" onChange={(row) => onChange({ ...condition, row })} />;
    case 'segment':
      return <SegmentPick id={condition.segment} onChange={(segment) => onChange({ ...condition, segment })} />;
    case 'kept':
      return <Kept condition={condition} />;
  }
}

const minorUnits = (currency: string): number =>
  10 ** (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2);

const SUMS = ['atLeast', 'atMost', 'topPercent'] as const;

function Amount({
  condition,
  onChange,
}: { condition: Extract<Condition, { kind: 'revenue' }> } & Pick<Props, 'onChange'>) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const ofBest = condition.is === 'topPercent';
  const minor = ofBest ? 1 : minorUnits(workspace.currency);
  return (
    <div className={styles.fields}>
      <Select
        aria-label={t('segments.howOften')}
        className={styles.narrow}
        data={SUMS.map((id) => ({ value: id, label: t(`segments.sums.${id}`) }))}
        value={condition.is}
        allowDeselect={false}
        onChange={(to) => {
          const is = SUMS.find((one) => one === to) ?? 'atLeast';
          const other = (is === 'topPercent') !== ofBest;
          onChange({ ...condition, is, amount: other ? (is === 'topPercent' ? 20 : 100_00) : condition.amount });
        }}
      />
      <NumberInput
        aria-label={t('segments.amount')}
        className={styles.amount}
        value={condition.amount / minor}
        {...(ofBest ? { min: 1, max: 99, allowDecimal: false } : { decimalScale: 2 })}
        thousandSeparator=" "
        onChange={(value) => typeof value === 'number' && onChange({ ...condition, amount: Math.round(value * minor) })}
      />
      <span className={styles.word}>
        {ofBest ? t('segments.ofBuyers') : currencySign(workspace.currency, i18n.language)}
      </span>
    </div>
  );
}

function SegmentPick({ id, onChange }: { id: string; onChange: (id: string) => void }) {
  const { t } = useTranslation();
  const { segments, editing } = useContext(SavedSegments);
  const choices = useSegmentChoices();
  return (
    <Select
      aria-label={t('segments.pick')}
      placeholder={t('segments.pick')}
      className={styles.wide}
      data={choices(segments.filter((one) => one.id !== editing))}
      value={id === '' ? null : id}
      allowDeselect={false}
      searchable
      onChange={(next) => onChange(next ?? '')}
    />
  );
}

/** Written over the API in a form the builder has no fields for: it stays as it is and can be taken out. */
function Kept({ condition }: { condition: Extract<Condition, { kind: 'kept' }> }) {
  const { t } = useTranslation();
  const { nameOf } = useContext(SavedSegments);
  const words = useSegmentWords({ nameOf });
  return (
    <p className={styles.kept}>
      {words({ version: 1, selects: 'visitors', where: condition.filter })} <span>{t('segments.keptAsIs')}</span>
    </p>
  );
}
