// Every shared part of the screens in both themes side by side: what a new screen is built from, and where a change is looked at.
import { MantineProvider } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/page.tsx';
import { cssVariables, theme } from '../../theme.ts';
import { FigureParts } from './figure-parts.tsx';
import styles from './parts.module.css';
import { WordParts } from './word-parts.tsx';

const THEMES = ['light', 'dark'] as const;

export default function Parts() {
  const { t } = useTranslation();
  return (
    <Page title={t('parts.title')} intro={t('parts.intro')}>
      <div className={styles.themes}>
        {THEMES.map((one) => (
          <InTheme key={one} scheme={one}>
            <h2 className={styles.name}>{t(`shell.themes.${one}`)}</h2>
            <FigureParts />
            <WordParts />
          </InTheme>
        ))}
      </div>
    </Page>
  );
}

/** A box with a theme of its own, whatever the page wears. */
function InTheme({ scheme, children }: { scheme: 'light' | 'dark'; children: ReactNode }) {
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  return (
    <div ref={setBox} id={`parts-${scheme}`} data-mantine-color-scheme={scheme} className={styles.box}>
      {box && (
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          cssVariablesSelector={`#parts-${scheme}`}
          getRootElement={() => box}
          forceColorScheme={scheme}
          withGlobalClasses={false}
        >
          {children}
        </MantineProvider>
      )}
    </div>
  );
}
