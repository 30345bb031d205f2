// A word on screen that explains itself when pointed at, touched or focused.
import { Tooltip } from '@mantine/core';
import styles from './hint.module.css';

interface Props {
  text: string;
  explained: string;
  tone?: 'plain' | 'warn';
}

export function Hint({ text, explained, tone = 'plain' }: Props) {
  return (
    <Tooltip label={explained}>
      <button type="button" className={tone === 'warn' ? styles.warn : styles.hint}>
        {text}
      </button>
    </Tooltip>
  );
}
