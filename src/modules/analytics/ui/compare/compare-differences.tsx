// What makes one of the groups differ from all other visits: the surest first, each a press away from the overview of those visits.
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { api } from '../../../../web/api.ts';
import { formatValue } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Difference } from '../../segments/contract.ts';
import { withValue, writeFilters } from '../filters.ts';
import type { View } from '../view.ts';
import { usePropertyName, useValueWords } from '../words.ts';
import styles from './compare.module.css';
import type { ComparedGroup } from './use-compared.ts';

export function CompareDifferences({ groups, view }: { groups: readonly ComparedGroup[]; view: View }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const [address, setAddress] = useAddress();
  const navigate = useNavigate();
  const propertyName = usePropertyName();
  const words = useValueWords();
  const segments = groups.filter((one) => one.segment !== null);
  const chosen = segments.find((one) => one.id === address.differs) ?? segments[0];
  const { segment: _, ...asked } = { segment: null, ...view.scope };
  const found = useQuery(
    api.segments.differences.queryOptions({
      input: { workspace: workspace.id, ...asked, of: chosen?.segment ?? { and: [] } },
      enabled: chosen !== undefined,
    }),
  );
  if (!chosen) return null;
  const share = (value: number): string => formatValue(value, 'share', i18n.language);
  const tenths = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const times = ({ here, elsewhere }: Difference): string => {
    if (elsewhere === 0) return t('compare.onlyHere');
    const ratio = here / elsewhere;
    if (here === 0) return t('compare.notHere');
    return t(ratio >= 1 ? 'compare.timesMore' : 'compare.timesLess', {
      times: tenths.format(ratio >= 1 ? ratio : 1 / ratio),
    });
  };
  const said = (row: Difference): string => words(row.dimension, row.value);
  const columns: Column<Difference>[] = [
    { id: 'value', head: t('compare.what'), render: said, value: said },
    {
      id: 'property',
      head: t('segments.property'),
      words: true,
      extra: true,
      render: ({ dimension }) => propertyName(dimension),
      value: ({ dimension }) => dimension,
    },
    { id: 'here', head: t('compare.here'), render: ({ here }) => share(here), value: ({ here }) => here },
    {
      id: 'elsewhere',
      head: t('compare.elsewhere'),
      render: (row) => share(row.elsewhere),
      value: (row) => row.elsewhere,
    },
    { id: 'times', head: t('compare.howMuch'), render: times, value: times },
  ];
  const { data } = found;
  return (
    <Section
      title={t('compare.differs')}
      hint={t('compare.differsHint')}
      actions={
        data && data.rows.length > 0 && <ScreenTable name={t('compare.differs')} columns={columns} rows={data.rows} />
      }
    >
      {segments.length > 1 && (
        <Tabs
          label={t('compare.differs')}
          tabs={segments.map(({ id, name }) => ({ id, name }))}
          chosen={chosen.id}
          onChoose={(differs) => setAddress({ differs })}
        />
      )}
      {found.isError ? (
        <Problem error={found.error} onRetry={found.refetch} />
      ) : data?.tooFew ? (
        <p className={styles.none}>{t('compare.tooFew', { here: data.here, elsewhere: data.elsewhere })}</p>
      ) : data?.rows.length === 0 ? (
        <p className={styles.none}>{t('compare.alike')}</p>
      ) : (
        <div className={styles.wide}>
          <DataTable
            caption={t('compare.differs')}
            columns={columns}
            rows={data?.rows}
            rowKey={({ dimension, value }) => `${dimension} ${value}`}
            bar={({ here }) => here}
            onRow={({ dimension, value }) =>
              void navigate({
                to: '/w/$workspace/overview',
                params: { workspace: workspace.id } as never,
                search: {
                  period: view.period,
                  segment: chosen.id,
                  filters: writeFilters(withValue(view.filters, dimension, value)),
                } as never,
              })
            }
            rowHint={(row) => t('compare.look', { value: said(row), segment: chosen.name })}
            room={10}
          />
        </div>
      )}
    </Section>
  );
}
