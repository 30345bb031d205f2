// Other counters beside ours: both lines over the days, and step by step why they differ.
import { Button, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../web/address.ts';
import { api } from '../../../web/api.ts';
import { EmptyState } from '../../../web/parts/empty-state.tsx';
import { Page } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { AnalysisPage, useView } from '../../analytics/ui/index.ts';
import type { KnownCounter } from '../contract.ts';
import { BridgeSection } from './bridge-section.tsx';
import { ChannelsSection } from './channels-section.tsx';
import { CounterSetting } from './counter-setting.tsx';
import styles from './counters.module.css';
import { DaysSection } from './days-section.tsx';

const idOf = ({ site, counter }: KnownCounter): string => `${site} ${counter}`;

export default function Counters() {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [view, change] = useView('90d');
  const [address, setAddress] = useAddress();
  const narrow = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const known = useQuery(api.counters.list.queryOptions({ input: { workspace: workspace.id } }));
  const chosen = known.data?.find((one) => idOf(one) === address.counter) ?? known.data?.[0];
  const compared = useQuery({
    ...api.counters.compare.queryOptions({
      input: {
        workspace: workspace.id,
        site: chosen?.site ?? '',
        counter: chosen?.counter ?? 'other',
        period: view.scope.period,
      },
      placeholderData: keepPreviousData,
    }),
    enabled: chosen !== undefined,
  });
  const importFile = may('analytics:manage') && (
    <Button
      component={Link}
      to={`/w/${workspace.id}/imports`}
      search={{ kind: 'counters' } as never}
      variant={chosen ? 'default' : 'filled'}
    >
      {t('counters.import')}
    </Button>
  );
  if (known.isError)
    return (
      <Page title={t('nav.counters')}>
        <Problem error={known.error} onRetry={known.refetch} />
      </Page>
    );
  const named = (one: KnownCounter): string => {
    const alone = known.data?.every(({ site }) => site === one.site);
    return alone ? t(`counters.name.${one.counter}`) : `${t(`counters.name.${one.counter}`)} · ${one.host}`;
  };
  const answer = compared.data;
  return (
    <AnalysisPage
      title={t('nav.counters')}
      intro={t('counters.intro')}
      view={view}
      change={change}
      trust={answer?.trust}
      actions={
        <>
          <Button component={Link} to={`/w/${workspace.id}/counters/goals`} variant="default">
            {t('forward.title')}
          </Button>
          {importFile}
        </>
      }
      unfiltered
    >
      {known.data?.length === 0 && (
        <EmptyState title={t('counters.none')} text={t('counters.noneText')}>
          {importFile}
        </EmptyState>
      )}
      {chosen && (
        <>
          {(known.data?.length ?? 0) > 1 && (
            <SegmentedControl
              aria-label={t('counters.which')}
              className={styles.which}
              orientation={narrow ? 'vertical' : 'horizontal'}
              data={known.data?.map((one) => ({ value: idOf(one), label: named(one) })) ?? []}
              value={idOf(chosen)}
              onChange={(counter) => setAddress({ counter })}
            />
          )}
          {compared.isError ? (
            <Problem error={compared.error} onRetry={compared.refetch} />
          ) : (
            <div aria-busy={answer === undefined || compared.isPlaceholderData}>
              <DaysSection answer={answer} name={named(chosen)} counter={chosen} view={view} change={change} />
              {answer?.bridge && <BridgeSection bridge={answer.bridge} name={named(chosen)} counter={chosen.counter} />}
              {answer && answer.bridge === null && <p className={styles.apart}>{t('counters.apart')}</p>}
              {answer && answer.channels.length > 0 && (
                <ChannelsSection rows={answer.channels} name={named(chosen)} counter={chosen} />
              )}
            </div>
          )}
          <CounterSetting counter={chosen} />
        </>
      )}
    </AnalysisPage>
  );
}
