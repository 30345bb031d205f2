// The first screen of a new company: three ways to see figures, and word when the first visit has come.
import { useTranslation } from 'react-i18next';
import { Page } from '../../../web/parts/page.tsx';
import { StartWays } from './start-ways.tsx';

export default function Start() {
  const { t } = useTranslation();
  return (
    <Page title={t('nav.start')} intro={t('start.intro')}>
      <StartWays />
    </Page>
  );
}
