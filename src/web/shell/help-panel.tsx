// The guide of the screen beside it: read it without leaving what one does.
import { Button, Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from '../parts/waiting.tsx';
import { loadGuide } from './guides.ts';
import styles from './help-panel.module.css';
import { Markdown } from './markdown.tsx';

interface Props {
  opened: boolean;
  guide: string | undefined;
  /** i18n key of the screen's name */
  title: string;
  onClose: () => void;
  onKeys: () => void;
}

export function HelpPanel({ opened, guide, title, onClose, onKeys }: Props) {
  const { t, i18n } = useTranslation();
  const [chosen, setChosen] = useState(guide);
  // another screen brings its own page
  useEffect(() => setChosen(guide), [guide]);
  const page = useQuery({
    queryKey: ['guide', chosen, i18n.language],
    queryFn: () => loadGuide(chosen ?? '', i18n.language),
    enabled: opened && chosen !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={440}
      title={t('help.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
      classNames={{ content: styles.panel }}
    >
      {(chosen === undefined || page.data === null) && <p>{t('help.none', { screen: t(title) })}</p>}
      {chosen !== undefined && page.isPending && <Waiting />}
      {page.data && page.data.language !== i18n.language && <p className={styles.quiet}>{t('help.english')}</p>}
      {page.data && (
        <div lang={page.data.language}>
          <Markdown text={page.data.text} onGuide={setChosen} />
        </div>
      )}
      <div className={styles.foot}>
        {chosen !== guide && (
          <Button variant="default" onClick={() => setChosen(guide)}>
            {t('help.back')}
          </Button>
        )}
        <Button variant="default" onClick={onKeys}>
          {t('keys.title')}
        </Button>
      </div>
    </Drawer>
  );
}
