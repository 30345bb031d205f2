// Parts that show figures, filled with round ones.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatValue } from '../../format.ts';
import { ChartFiles } from '../../parts/chart-files.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { FlowChart, type FlowNode } from '../../parts/flow-chart.tsx';
import { HeatChart } from '../../parts/heat-chart.tsx';
import { Measure } from '../../parts/measure.tsx';
import { PieChart } from '../../parts/pie-chart.tsx';
import { Section } from '../../parts/section.tsx';
import { SeriesChart } from '../../parts/series-chart.tsx';
import { StepChart } from '../../parts/step-chart.tsx';
import { ScreenTable } from '../../parts/table-files.tsx';
import type { TableSort } from '../../parts/table-sort.ts';
import { TablePager, TableSearch } from '../../parts/table-tools.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { TimeChart } from '../../parts/time-chart.tsx';
import { WorldMap } from '../../parts/world-map.tsx';
import styles from './parts.module.css';

const ROWS = [
  { id: 'A', value: 1200 },
  { id: 'B', value: 640 },
  { id: 'C', value: 80 },
];
const POINTS = [40, 62, 58, 71, 69, 90, 84].map((value, index) => ({
  label: String(index + 1),
  title: String(index + 1),
  value,
  open: index === 6,
  before: value - 12,
  beforeTitle: String(index - 6),
}));
const STEPS = [900, 420, 130].map((value, index, all) => ({
  name: String.fromCharCode(65 + index),
  value,
  before: value - 40,
  label: `${Math.round((100 * value) / all[0]!)}%`,
  tip: [String(value)],
}));
const node = (id: string, column: number, value: number, tone: FlowNode['tone']): FlowNode => ({
  id,
  column,
  name: id,
  value,
  tone,
  tip: String(value),
});
const NODES = [node('A', 0, 900, 'first'), node('B', 1, 600, 'plain'), node('C', 1, 300, 'quiet')];
const LINKS = NODES.slice(1).map(({ id, value, tip }) => ({ from: 'A', to: id, value, tip }));
const SERIES = ['A', 'B', 'C'].map((id, index) => ({
  id,
  name: id,
  values: [40, 60, 50].map((value) => value / (index + 1)),
  rest: index === 2,
}));
const CELLS = [0, 1, 2].flatMap((column) => [0, 1].map((row) => ({ column, row, value: 10 * column + 5 * row })));
const PIE = ROWS.map(({ id, value }, index) => ({ id, name: id, value, words: String(value), rest: index === 2 }));
const PLACES = [
  { code: 'DE', value: 900 },
  { code: 'FR', value: 500 },
  { code: 'BR', value: 120 },
];

export function FigureParts() {
  const { t, i18n } = useTranslation();
  const [tab, setTab] = useState<'one' | 'two'>('one');
  const [sort, setSort] = useState<TableSort | undefined>();
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const number = (value: number | null) => formatValue(value, 'count', i18n.language);
  const shown = ROWS.filter(({ id }) => id.toLowerCase().includes(search.toLowerCase()));
  const charts = useRef<HTMLDivElement>(null);
  const columns: Column<(typeof ROWS)[number]>[] = [
    { id: 'name', head: t('parts.nameHead'), words: true, render: ({ id }) => id, value: ({ id }) => id },
    {
      id: 'value',
      head: t('parts.valueHead'),
      render: ({ value }) => number(value),
      value: (row) => row.value,
    },
  ];
  return (
    <>
      <Section title={t('parts.measures')}>
        <div className={styles.strip}>
          <Measure
            label={t('parts.good')}
            value={number(1280)}
            change={{ sign: 1, text: '+12%' }}
            direction={1}
            chosen
            loading={false}
            onChoose={() => {}}
          />
          <Measure
            label={t('parts.bad')}
            value={number(310)}
            change={{ sign: -1, text: '−8%' }}
            direction={1}
            chosen={false}
            loading={false}
            onChoose={() => {}}
          />
          <Measure
            label={t('waiting')}
            value=""
            change={null}
            direction={0}
            chosen={false}
            loading
            onChoose={() => {}}
          />
        </div>
      </Section>
      <Section
        title={t('parts.charts')}
        actions={<ChartFiles box={() => charts.current} title={t('parts.charts')} about="1–7" />}
      >
        <div ref={charts}>
          <TimeChart label={t('parts.charts')} points={POINTS} compared format={number} onPoint={() => {}} />
        </div>
        <StepChart label={t('parts.steps')} steps={STEPS} chosen={1} onStep={() => {}} />
        <FlowChart label={t('parts.flows')} nodes={NODES} links={LINKS} columns={2} onNode={() => {}} />
        <SeriesChart
          label={t('parts.series')}
          steps={STEPS.map(({ name }) => ({ label: name, title: name }))}
          series={SERIES}
          form="area"
          format={number}
        />
        <SeriesChart
          label={t('parts.series')}
          steps={STEPS.map(({ name }) => ({ label: name, title: name }))}
          series={SERIES}
          form="bar"
          format={number}
        />
        <HeatChart label={t('parts.heat')} columns={['A', 'B', 'C']} rows={['1', '2']} cells={CELLS} format={number} />
        <PieChart label={t('parts.ring')} parts={PIE} />
        <WorldMap label={t('parts.map')} places={PLACES} nameOf={(code) => code} format={number} onPlace={() => {}} />
      </Section>
      <Section
        title={t('parts.tables')}
        actions={<ScreenTable name={t('parts.tables')} columns={columns} rows={shown} />}
      >
        <Tabs
          label={t('parts.tables')}
          tabs={[
            { id: 'one', name: t('parts.tabOne') },
            { id: 'two', name: t('parts.tabTwo') },
          ]}
          chosen={tab}
          onChoose={setTab}
        />
        <TableSearch label={t('table.search')} value={search} onSearch={setSearch} />
        <DataTable
          caption={t('parts.tables')}
          columns={columns}
          rows={tab === 'one' ? shown : undefined}
          rowKey={({ id }) => id}
          bar={({ value }) => value / 1200}
          sort={sort}
          onSort={setSort}
          room={3}
        />
        <TablePager page={page} size={3} rows={7} shown={3} onPage={setPage} />
      </Section>
    </>
  );
}
