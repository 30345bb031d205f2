// A place to drop files on, with a button that does the same for those without a mouse.
import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import styles from './drop-zone.module.css';

interface Props {
  title: string;
  text: string;
  /** the button's words */
  choose: string;
  /** what the field is called for screen readers */
  label: string;
  /** endings that are offered, e.g. `.csv,.xlsx` */
  accept?: string;
  multiple?: true;
  onFiles: (files: readonly File[]) => void;
}

export function DropZone({ title, text, choose, label, accept, multiple, onFiles }: Props) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (list: FileList | null) => onFiles([...(list ?? [])]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a short way for a mouse; the button inside is the way for all
    <div
      className={over ? styles.over : styles.drop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <p className={styles.title}>{title}</p>
      <p className={styles.text}>{text}</p>
      <Button variant="default" onClick={() => input.current?.click()}>
        {choose}
      </Button>
      <input
        ref={input}
        type="file"
        {...(multiple ? { multiple } : {})}
        {...(accept === undefined ? {} : { accept })}
        className="visually-hidden"
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}
