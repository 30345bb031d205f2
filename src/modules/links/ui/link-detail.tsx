// One link: its addresses and QR code to take along, and what its clicks became.
import { useQuery } from '@tanstack/react-query';
import { Link as RouterLink } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api.ts';
import { currencySign, formatDate, formatValue } from '../../../web/format.ts';
import { CopyLine } from '../../../web/parts/copy-line.tsx';
import { type Column, DataTable } from '../../../web/parts/data-table.tsx';
import strip from '../../../web/parts/measure.module.css';
import { Measure } from '../../../web/parts/measure.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { ScreenTable } from '../../../web/parts/table-files.tsx';
import { TimeChart } from '../../../web/parts/time-chart.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { useValueWords, type View } from '../../analytics/ui/index.ts';
import type { Link, LinkFigures } from '../contract.ts';
import { dayPoints } from './day-points.ts';
import styles from './links.module.css';

const QrCode = lazy(() => import('./qr-code.tsx'));
const SHOWN = ['clicks', 'scans', 'robots'] as const;

interface Props {
  link: Link;
  figures: LinkFigures | undefined;
  /** the name of what counts as a conversion */
  conversion: string;
  view: View;
}

export function LinkDetail({ link, figures, conversion, view }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const words = useValueWords();
  const [shown, setShown] = useState<(typeof SHOWN)[number]>('clicks');
  const [from, to] = view.scope.period;
  const clicks = useQuery(
    api.links.clicks.queryOptions({ input: { workspace: workspace.id, link: link.id, from, to } }),
  );
  const number = (value: number | null | undefined, unit: 'count' | 'money' | 'share' = 'count') =>
    formatValue(value, unit, i18n.language, workspace.currency);
  const pressed = figures ? figures.clicks + figures.scans : 0;
  const arrived = !figures || figures.visits === null || pressed === 0 ? null : figures.visits / pressed;
  const filters = (['source', 'medium', 'campaign', 'content', 'term'] as const)
    .filter((id) => link[id] !== '')
    .map((id) => [id, 'is', id === 'source' || id === 'medium' ? link[id].toLowerCase() : link[id]]);
  const period = { period: view.period };
  const by = (name: 'countries' | 'devices', property: 'country' | 'device') => {
    const columns: Column<{ value: string; count: number }>[] = [
      { id: 'value', head: t(`dimension.${property}`), render: (row) => words(property, row.value) },
      { id: 'count', head: t('links.clicksAndScans'), render: (row) => number(row.count), value: (row) => row.count },
    ];
    const rows = clicks.data?.[name];
    return (
      <section aria-label={t(`dimension.${property}`)}>
        <div className={styles.row} style={{ justifyContent: 'flex-end', minHeight: 20 }}>
          <ScreenTable name={`${link.name} ${t(`dimension.${property}`)}`} columns={columns} rows={rows} />
        </div>
        <DataTable
          caption={t(`dimension.${property}`)}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.value}
          bar={(row) => row.count / Math.max(1, rows?.[0]?.count ?? 1)}
          room={3}
        />
      </section>
    );
  };
  return (
    <>
      {!link.active && <p className={styles.warn}>{t('links.isOff')}</p>}
      {link.active && link.lastDay !== null && (
        <p className={link.lastDay < view.today ? styles.warn : styles.hint}>
          {t(link.lastDay < view.today ? 'links.ended' : 'links.endsOn', {
            day: formatDate(link.lastDay, i18n.language, { dateStyle: 'medium', timeZone: 'UTC' }),
          })}
        </p>
      )}
      <div className={styles.addresses}>
        <div className={styles.lines}>
          <div>
            <p className={styles.lineLabel}>{t('links.shortAddress')}</p>
            <CopyLine label={t('links.shortAddress')} value={link.short} />
          </div>
          <div>
            <p className={styles.lineLabel}>{t('links.taggedAddress')}</p>
            <CopyLine label={t('links.taggedAddress')} value={link.url} />
          </div>
          <p className={link.channel === 'Unassigned' ? styles.warn : styles.hint}>
            {t('links.channelWillBe')} <b>{words('channel', link.channel)}</b>
          </p>
          <p className={styles.hint}>{t('links.qr.means')}</p>
        </div>
        <Suspense fallback={<div className={styles.qr} aria-busy="true" />}>
          <QrCode text={link.scan} name={link.name} />
        </Suspense>
      </div>
      <section className={strip.strip} aria-label={t('links.clicksOf')} aria-busy={figures === undefined}>
        {SHOWN.map((id) => (
          <Measure
            key={id}
            label={t(`links.${id}`)}
            value={number(figures?.[id])}
            change={null}
            direction={0}
            chosen={shown === id}
            loading={figures === undefined}
            onChoose={() => setShown(id)}
          />
        ))}
      </section>
      {clicks.isError ? (
        <Problem error={clicks.error} onRetry={clicks.refetch} />
      ) : (
        clicks.data && (
          <div className={styles.chart}>
            <TimeChart
              label={t('links.byDay', { what: t(`links.${shown}`) })}
              points={dayPoints(view, clicks.data.days, shown, i18n.language)}
              compared={false}
              format={(value) => number(value)}
              onPoint={() => {}}
            />
          </div>
        )
      )}
      <Section
        title={t('links.brought')}
        actions={
          link.own &&
          filters.length > 0 && (
            <RouterLink to={`/w/${workspace.id}/overview`} search={{ ...period, filters: filters } as never}>
              {t('links.openVisits')}
            </RouterLink>
          )
        }
      >
        {figures && figures.visits === null ? (
          <p className={styles.hint}>{t(link.own ? 'links.cantSeeUntagged' : 'links.cantSeeOther')}</p>
        ) : (
          <dl className={styles.facts} aria-busy={figures === undefined}>
            {(
              [
                [t('links.visits'), number(figures?.visits)],
                [t('links.arrived'), number(arrived, 'share')],
                [conversion, number(figures?.conversions)],
                [
                  t('links.revenue', { sign: currencySign(workspace.currency, i18n.language) }),
                  number(figures?.revenue, 'money'),
                ],
              ] as const
            ).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {arrived !== null && arrived > 1 && <p className={styles.hint}>{t('links.moreThanClicks')}</p>}
        {arrived !== null && arrived < 0.7 && pressed >= 20 && <p className={styles.warn}>{t('links.fewArrive')}</p>}
      </Section>
      {pressed > 0 && (
        <div className={styles.columns}>
          {by('countries', 'country')}
          {by('devices', 'device')}
        </div>
      )}
    </>
  );
}
