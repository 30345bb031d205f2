// Conditions that hold all together, any of them, or none; groups stand inside groups. Everything by plain fields and buttons.
import { Button, Menu, Select } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ConditionEditor } from './condition-editor.tsx';
import { ADDABLE, type Draft, emptyGroup, type Group, MATCHES, type Match, newCondition } from './draft.ts';
import styles from './segments.module.css';

const DEEPEST = 3;

interface Props {
  group: Group;
  depth: number;
  selects: 'visitors' | 'visits';
  onChange: (group: Group) => void;
  onRemove?: () => void;
}

export function GroupEditor({ group, depth, selects, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const replace = (id: string, by: Draft | null): void =>
    onChange({ ...group, items: group.items.flatMap((one) => (one.id === id ? (by ? [by] : []) : [one])) });
  const add = (item: Draft): void => onChange({ ...group, items: [...group.items, item] });
  return (
    <fieldset className={depth === 0 ? styles.root : styles.group}>
      <legend className="visually-hidden">{t(`segments.match.${group.match}`)}</legend>
      <div className={styles.groupHead}>
        <Select
          aria-label={t('segments.matchLabel')}
          className={styles.match}
          data={MATCHES.map((id) => ({ value: id, label: t(`segments.match.${id}`) }))}
          value={group.match}
          allowDeselect={false}
          onChange={(match) => onChange({ ...group, match: (match ?? 'all') as Match })}
        />
        {onRemove && <Remove what={t('segments.group')} onRemove={onRemove} />}
      </div>
      <ul className={styles.items}>
        {group.items.map((item) => (
          <li key={item.id}>
            {item.kind === 'group' ? (
              <GroupEditor
                group={item}
                depth={depth + 1}
                selects={selects}
                onChange={(next) => replace(item.id, next)}
                onRemove={() => replace(item.id, null)}
              />
            ) : (
              <OneCondition title={t(`segments.kind.${item.kind}`)} onRemove={() => replace(item.id, null)}>
                <ConditionEditor condition={item} onChange={(next) => replace(item.id, next)} />
              </OneCondition>
            )}
          </li>
        ))}
      </ul>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button variant="default">{t('segments.add')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {ADDABLE.map((kind) => (
            <Menu.Item key={kind} onClick={() => add(newCondition(kind))}>
              {t(`segments.kind.${kind}`)}
            </Menu.Item>
          ))}
          {depth < DEEPEST && (
            <Menu.Item onClick={() => add({ ...emptyGroup([newCondition('did')]), match: 'any' })}>
              {t('segments.group')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </fieldset>
  );
}

function OneCondition({
  title,
  onRemove,
  children,
}: {
  title: string;
  onRemove: () => void;
  children: React.ReactNode;
}) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend can't share a line with its button
    <div className={styles.condition} role="group" aria-labelledby={id}>
      <div className={styles.conditionHead}>
        <span id={id} className={styles.kind}>
          {title}
        </span>
        <Remove what={title} onRemove={onRemove} />
      </div>
      <div className={styles.conditionFields}>{children}</div>
    </div>
  );
}

function Remove({ what, onRemove }: { what: string; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <button type="button" className={styles.quiet} aria-label={t('segments.remove', { what })} onClick={onRemove}>
      {t('segments.removeShort')}
    </button>
  );
}
