// An archive on its way from the browser; when it is here, the work on it begins.
import { Button, Progress } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../web/api.ts';
import { formatBytes } from '../../../web/format.ts';
import { DropZone } from '../../../web/parts/drop-zone.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { uploadFile } from '../../../web/upload.ts';
import styles from './backup.module.css';

interface Coming {
  file: File;
  upload: string | undefined;
  sent: number;
  error: unknown;
}

export function TakeIn({ workspace, onTaken }: { workspace: string; onTaken: () => void }) {
  const { t, i18n } = useTranslation();
  const [coming, setComing] = useState<Coming | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const size = (bytes: number) => formatBytes(bytes, i18n.language);

  const send = async (file: File, upload?: string) => {
    const own = new AbortController();
    stop.current = own;
    const change = (of: Partial<Coming>) => !own.signal.aborted && setComing((now) => now && { ...now, ...of });
    setComing({ file, upload, sent: 0, error: undefined });
    try {
      const id = await uploadFile({
        workspace,
        file,
        upload,
        signal: own.signal,
        onBegun: (begun) => change({ upload: begun }),
        onProgress: (sent) => change({ sent }),
      });
      await client.transfers.import({ workspace, file: id }, { signal: own.signal });
      setComing(null);
      onTaken();
    } catch (error) {
      change({ error });
    }
  };
  const giveUp = () => {
    stop.current?.abort();
    if (coming?.upload) void client.uploads.abandon({ workspace, upload: coming.upload }).catch(() => {});
    setComing(null);
  };

  if (coming === null)
    return (
      <DropZone
        title={t('transfers.drop')}
        text={t('transfers.dropText')}
        choose={t('transfers.choose')}
        label={t('transfers.file')}
        accept=".tar"
        onFiles={([file]) => file && void send(file)}
      />
    );
  return (
    <div className={styles.coming}>
      <p className={styles.name}>{coming.file.name}</p>
      {coming.error === undefined ? (
        <>
          <Progress value={(coming.sent / Math.max(coming.file.size, 1)) * 100} aria-label={t('transfers.uploading')} />
          <p className={styles.quiet}>
            {t('transfers.sent', { sent: size(coming.sent), total: size(coming.file.size) })}
          </p>
        </>
      ) : (
        <Problem error={coming.error} onRetry={() => void send(coming.file, coming.upload)} />
      )}
      <Button variant="default" onClick={giveUp}>
        {t('cancel')}
      </Button>
    </div>
  );
}
