// The quiet moment before a whole screen is there; anything inside a screen uses a skeleton instead.
import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './problem.module.css';

export function Waiting() {
  const { t } = useTranslation();
  return (
    <div className={styles.waiting} role="status">
      <Loader size="sm" type="dots" />
      <span className="visually-hidden">{t('waiting')}</span>
    </div>
  );
}
