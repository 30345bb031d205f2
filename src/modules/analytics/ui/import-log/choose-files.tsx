// Dropped or chosen log files, the site they are of, and the button that begins.
import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../../web/format.ts';
import { DropZone } from '../../../../web/parts/drop-zone.tsx';
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
  const add = (list: readonly File[]) => {
    const more = list.filter((file) => file.size > 0);
    // the oldest first, as a server rotates them
    setFiles((before) => [...before, ...more].sort((a, b) => a.lastModified - b.lastModified));
  };
  const host = sites.find((one) => one.id === site)?.host ?? '';
  return (
    <>
      <DropZone
        title={t('importLog.drop')}
        text={t('importLog.dropText')}
        choose={t('importLog.choose')}
        label={t('importLog.files')}
        multiple
        onFiles={add}
      />
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
