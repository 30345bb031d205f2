// What each role may do: the table of rights, and how far a role goes without asking.
import { useTranslation } from 'react-i18next';
import { Page } from '../../../web/parts/page.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { Limits } from './limits.tsx';
import { RightsTable } from './rights-table.tsx';

export default function Roles() {
  const { t } = useTranslation();
  return (
    <Page title={t('nav.roles')} intro={t('rolesPage.intro')}>
      <Section title={t('rolesPage.rights')}>
        <RightsTable />
      </Section>
      <Section title={t('limits.title')} hint={t('limits.hint')}>
        <Limits />
      </Section>
    </Page>
  );
}
