// A line of text to take elsewhere: a snippet, a command, a link, a key; one press copies it.
import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './copy-line.module.css';

interface Props {
  label: string;
  value: string;
}

export function CopyLine({ label, value }: Props) {
  const { t } = useTranslation();
  const line = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);

  /** The clipboard needs a secure page; without one the text is selected and copied the old way. */
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      line.current?.select();
      setCopied(document.execCommand('copy'));
    }
  };
  return (
    <div className={styles.line}>
      <input
        ref={line}
        readOnly
        value={value}
        aria-label={label}
        spellCheck={false}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button variant="default" aria-label={`${t(copied ? 'copy.copied' : 'copy.copy')}: ${label}`} onClick={copy}>
        {t(copied ? 'copy.copied' : 'copy.copy')}
      </Button>
    </div>
  );
}
