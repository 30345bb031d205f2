// Which key does what, and a switch for the single ones.
import { Modal, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Membership } from '../workspace.ts';
import { jumps, MODIFIER, SINGLE, setSingleKeys, singleKeysOn } from './shortcuts.ts';
import styles from './tools.module.css';

interface Props {
  opened: boolean;
  workspace: Membership;
  onClose: () => void;
}

export function ShortcutMap({ opened, workspace, onClose }: Props) {
  const { t } = useTranslation();
  const [on, setOn] = useState(singleKeysOn);
  const rows: readonly (readonly [words: string, keys: readonly string[]])[] = [
    [t('keys.palette'), [`${MODIFIER}K`]],
    [t('keys.undo'), [`${MODIFIER}Z`]],
    [t('keys.map'), ['?']],
    ...SINGLE.map(({ tool, shown }) => [t(`keys.${tool}`), [shown]] as const),
    ...jumps(workspace.permissions).map(
      (page) => [t('keys.to', { screen: t(page.title) }), ['G', page.letter]] as const,
    ),
  ];
  return (
    <Modal opened={opened} onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Switch
        label={t('keys.single')}
        description={t('keys.singleText')}
        checked={on}
        onChange={(event) => {
          setOn(event.currentTarget.checked);
          setSingleKeys(event.currentTarget.checked);
        }}
        mb="md"
      />
      <table className={styles.keys}>
        <caption className="visually-hidden">{t('keys.title')}</caption>
        <tbody>
          {rows.map(([words, keys]) => (
            <tr key={words}>
              <th scope="row">{words}</th>
              <td>
                {keys.map((key, index) => (
                  <span key={key}>
                    {index > 0 && ` ${t('keys.then')} `}
                    <kbd className={styles.key}>{key}</kbd>
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
