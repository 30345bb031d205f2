// A chart as a picture: what stands on the screen, with its title and period, as PNG or SVG in the colours of the theme.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './table-files.module.css';

interface Props {
  /** finds the box with the chart in it */
  box: () => HTMLElement | null | undefined;
  title: string;
  /** below the title */
  about: string;
}

export function ChartFiles({ box, title, about }: Props) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState(false);
  const onSave = async (format: 'png' | 'svg') => {
    setFailed(false);
    try {
      const drawn = box()?.querySelector('svg');
      if (!drawn) throw new Error('There is no chart yet');
      await (await import('./chart-picture.ts')).saveChart(drawn, { title, about, format });
    } catch {
      setFailed(true);
    }
  };
  return (
    <span className={styles.files}>
      {(['png', 'svg'] as const).map((format) => (
        <button
          key={format}
          type="button"
          className={styles.file}
          title={t(`chart.${format}`)}
          aria-label={`${format.toUpperCase()}: ${title}`}
          onClick={() => void onSave(format)}
        >
          {format.toUpperCase()}
        </button>
      ))}
      {failed && <span role="alert">{t('chart.failed')}</span>}
    </span>
  );
}
