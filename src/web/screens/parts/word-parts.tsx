// Parts made of words: states, fields, buttons, warnings, what is confirmed and what is taken back.
import { Button, Checkbox, PasswordInput, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../parts/confirm.tsx';
import { CopyLine } from '../../parts/copy-line.tsx';
import { DropZone } from '../../parts/drop-zone.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Hint } from '../../parts/hint.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Rows } from '../../parts/rows.tsx';
import { Section } from '../../parts/section.tsx';
import { offerUndo } from '../../parts/undo.ts';
import { Waiting } from '../../parts/waiting.tsx';
import styles from './parts.module.css';

const COLOURS = ['bg', 'surface', 'ink', 'muted', 'line', 'accent', 'accent-weak', 'warn', 'bad', 'good', 'bar'];

export function WordParts() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const sample = t('parts.sample');
  return (
    <>
      <Section title={t('parts.colours')}>
        <ul className={styles.colours}>
          {COLOURS.map((name) => (
            <li key={name}>
              <div className={styles.colour} style={{ background: `var(--${name})` }} />
              {name}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('parts.controls')} hint={t('parts.hint')}>
        <div className={styles.fields}>
          <TextInput label={t('parts.field')} placeholder={sample} />
          <TextInput label={t('parts.wrongField')} defaultValue="…" error={t('rules.filled')} />
          <PasswordInput label={t('parts.secret')} />
          <Select label={t('parts.choice')} data={['1', '2']} defaultValue="1" allowDeselect={false} />
          <Checkbox label={sample} defaultChecked />
          <Switch label={sample} />
          <div className={styles.buttons}>
            <Button>{t('save')}</Button>
            <Button variant="default" onClick={() => setAsked(true)}>
              {t('parts.confirm')}
            </Button>
            <Button
              variant="default"
              onClick={() =>
                void offerUndo({
                  text: sample,
                  action: t('undo.action'),
                  failed: () => t('undo.failed'),
                  undo: async () => {},
                })
              }
            >
              {t('parts.undo')}
            </Button>
            <Button disabled>{t('cancel')}</Button>
          </div>
          <DropZone
            title={t('parts.drop')}
            text={sample}
            choose={t('parts.choice')}
            label={t('parts.drop')}
            onFiles={() => {}}
          />
          <CopyLine label={t('copy.copy')} value="https://shop.example/?utm_source=news" />
        </div>
      </Section>
      <Section title={t('parts.states')}>
        <EmptyState title={t('nothingFound')} text={sample}>
          <Button>{t('save')}</Button>
        </EmptyState>
        <Problem error={new Error('')} onRetry={() => {}} />
        <p>
          <Hint text={t('parts.hint')} explained={sample} />{' '}
          <Hint text={t('parts.warning')} explained={sample} tone="warn" />
        </p>
        <Rows rows={[1, 2]} empty={t('nothingFound')}>
          {(row) => (
            <li key={row}>
              {sample} {row}
            </li>
          )}
        </Rows>
        <Rows rows={[]} empty={t('nothingFound')}>
          {() => null}
        </Rows>
        <Waiting />
      </Section>
      <Confirm
        opened={asked}
        title={t('parts.confirm')}
        text={sample}
        name="Nord"
        action={t('parts.confirm')}
        busy={false}
        error={null}
        onConfirm={() => setAsked(false)}
        onClose={() => setAsked(false)}
      />
    </>
  );
}
