// Care of the data: what is left out of the figures, what is a robot, how long things are kept, and what is known of one person.
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { Page } from '../../../../web/parts/page.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import styles from './care.module.css';
import { Keeping } from './keeping.tsx';
import { NotCounted } from './not-counted.tsx';
import { PersonView } from './person.tsx';
import { RecountLine } from './recount-line.tsx';
import { Robots } from './robots.tsx';

const VIEWS = ['rules', 'robots', 'person', 'keeping'] as const;
type View = (typeof VIEWS)[number];

export default function Care() {
  const { t } = useTranslation();
  const [address, setAddress] = useAddress();
  const view: View = VIEWS.find((one) => one === address.show) ?? 'rules';
  return (
    <Page title={t('nav.care')} intro={t('care.intro')}>
      <div className={styles.views}>
        <Tabs
          label={t('nav.care')}
          chosen={view}
          onChoose={(next) => setAddress({ show: next === 'rules' ? undefined : next })}
          tabs={VIEWS.map((id) => ({ id, name: t(`care.view.${id}`) }))}
        />
      </div>
      {(view === 'rules' || view === 'robots') && <RecountLine />}
      {view === 'rules' && <NotCounted />}
      {view === 'robots' && <Robots />}
      {view === 'person' && <PersonView />}
      {view === 'keeping' && <Keeping />}
    </Page>
  );
}
