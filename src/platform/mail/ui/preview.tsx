// How a message looks, in either language, with made-up values; scripts and links in it do nothing.
import { SegmentedControl, Select, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { MAIL_TEMPLATES, type MailTemplate } from '../mail-contract.ts';
import styles from './mail.module.css';

export function Preview() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [template, setTemplate] = useState<MailTemplate>('invitation');
  const [language, setLanguage] = useState(workspace.language);
  const preview = useQuery(api.mail.preview.queryOptions({ input: { workspace: workspace.id, template, language } }));
  return (
    <>
      <div className={styles.choose}>
        <Select
          label={t('mail.message')}
          allowDeselect={false}
          data={MAIL_TEMPLATES.map((value) => ({ value, label: t(`mail.template.${value}`) }))}
          value={template}
          onChange={(value) => setTemplate(value as MailTemplate)}
        />
        <SegmentedControl
          aria-label={t('mail.language')}
          data={[
            { value: 'en', label: 'English' },
            { value: 'ru', label: 'Русский' },
          ]}
          value={language}
          onChange={(value) => setLanguage(value as 'en' | 'ru')}
        />
      </div>
      {preview.isError && <Problem error={preview.error} onRetry={preview.refetch} />}
      {preview.isPending && <Skeleton height={320} aria-busy="true" />}
      {preview.data && (
        <>
          <p className={styles.subject}>{preview.data.subject}</p>
          <iframe className={styles.frame} title={t('mail.looks')} sandbox="" srcDoc={preview.data.html} />
          <details className={styles.plain}>
            <summary>{t('mail.plain')}</summary>
            <pre>{preview.data.text}</pre>
          </details>
        </>
      )}
    </>
  );
}
