// Currency, exchange rates and VAT of a company.
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../../../web/parts/page.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { Banks } from './banks.tsx';
import { Rates } from './rates.tsx';
import { Vat } from './vat.tsx';

export default function Money() {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const name = new Intl.DisplayNames(i18n.language, { type: 'currency', fallback: 'code' }).of(workspace.currency);
  return (
    <Page
      title={t('nav.money')}
      intro={
        <>
          {t('money.intro', { currency: `${name} (${workspace.currency})` })}{' '}
          <Link to="/w/$workspace/settings/company" params={{ workspace: workspace.id } as never}>
            {t('money.change')}
          </Link>
        </>
      }
    >
      <Banks />
      <Rates />
      <Vat />
    </Page>
  );
}
