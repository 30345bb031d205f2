// Dropped or chosen log files, the site they are of, and the button that begins.
import { Button, Select } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../../web/format.ts';
import styles from './import-log.module.css';
import { startUpload } from './uploading.ts';

interface Props {
  workspace: string;
  sites: readonly { id: string; host: string }[];
}

export function ChooseFiles({ workspace, sites }: Props) {
  const { t, i18n } = useTranslation();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [site, setSite] = useState(sites[0]?.id ?? '');
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const add = (list: FileList | null) => {
    const more = [...(list ?? [])].filter((file) => file.size > 0);
    // the oldest first, as a server rotates them
    setFiles((before) => [...before, ...more].sort((a, b) => a.lastModified - b.lastModified));
  };
  const host = sites.find((one) => one.id === site)?.host ?? '';
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a short way for a mouse; the button inside is the way for all */}
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
          add(event.dataTransfer.files);
        }}
      >
        <p className={styles.dropTitle}>{t('importLog.drop')}</p>
        <p className={styles.quiet}>{t('importLog.dropText')}</p>
        <Button variant="default" onClick={() => input.current?.click()}>
          {t('importLog.choose')}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          className="visually-hidden"
          tabIndex={-1}
          aria-label={t('importLog.files')}
          onChange={(event) => {
            add(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {files.length > 0 && (
        <>
          <ul className={styles.files}>
            {files.map((file) => (
              <li key={`${file.name}${file.size}${file.lastModified}`} className={styles.file}>
                <span className={styles.name}>{file.name}</span>
                <span className={styles.size}>{formatBytes(file.size, i18n.language)}</span>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={t('importLog.leaveOut', { name: file.name })}
                  onClick={() => setFiles(files.filter((one) => one !== file))}
                >
                  {t('importLog.leave')}
                </Button>
              </li>
            ))}
          </ul>
          <div className={styles.begin}>
            {sites.length > 1 && (
              <Select
                label={t('importLog.site')}
                data={sites.map((one) => ({ value: one.id, label: one.host }))}
                allowDeselect={false}
                value={site}
                onChange={(value) => setSite(value ?? '')}
              />
            )}
            <Button disabled={site === ''} onClick={() => startUpload(workspace, site, files)}>
              {t('importLog.begin', { host })}
            </Button>
          </div>
        </>
      )}
    </>
  );
}
