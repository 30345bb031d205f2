// Calls and codes: who called or wrote and where they came from, what each number and promo code brought, and the lines for the site.
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../web/address.ts';
import { Tabs } from '../../../web/parts/tabs.tsx';
import { AnalysisPage, useView } from '../../analytics/ui/index.ts';
import { ContactList } from './contact-list.tsx';
import { OnTheSite } from './on-the-site.tsx';
import { SourceList } from './source-list.tsx';

const TABS = ['contacts', 'sources', 'site'] as const;
type Tab = (typeof TABS)[number];

export default function Contacts() {
  const { t } = useTranslation();
  const [view, change] = useView('30d');
  const [address, setAddress] = useAddress();
  const tab = TABS.find((one) => one === address.show) ?? 'contacts';
  return (
    <AnalysisPage title={t('nav.contacts')} intro={t('contacts.intro')} view={view} change={change} unfiltered>
      <Tabs<Tab>
        label={t('nav.contacts')}
        tabs={TABS.map((id) => ({ id, name: t(`contacts.tabs.${id}`) }))}
        chosen={tab}
        onChoose={(id) => setAddress({ show: id === 'contacts' ? undefined : id, edit: undefined })}
      />
      {tab === 'contacts' && <ContactList view={view} />}
      {tab === 'sources' && <SourceList view={view} />}
      {tab === 'site' && <OnTheSite />}
    </AnalysisPage>
  );
}
