// Flows from column to column: how many go from each node to which next one. A table beside it must say the same.
import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { Chart } from './chart.tsx';
import { chartLook, inHtml } from './chart-look.ts';
import styles from './step-chart.module.css';

export interface FlowNode {
  id: string;
  /** from 0, left to right */
  column: number;
  name: string;
  value: number;
  /** `quiet`: all others together, or the end */
  tone: 'plain' | 'quiet' | 'first';
  /** what the tip says below the name */
  tip: string;
}
export interface FlowLink {
  from: string;
  to: string;
  value: number;
  tip: string;
}

interface Props {
  label: string;
  nodes: readonly FlowNode[];
  links: readonly FlowLink[];
  columns: number;
  onNode: (id: string) => void;
}

const engine = () => import('./flow-engine.ts');
const COLUMN = 176;

export function FlowChart({ label, nodes, links, columns, onNode }: Props) {
  const option = useMemo(
    () => (element: HTMLElement) => flowOption(nodes, links, columns, element),
    [nodes, links, columns],
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={label}>
      <div style={{ minWidth: columns * COLUMN }}>
        <Chart
          label={label}
          engine={engine}
          option={option}
          height={400}
          onPress={({ dataType, data }) => dataType === 'node' && onNode((data as { name: string }).name)}
        />
      </div>
    </section>
  );
}

function flowOption(
  nodes: readonly FlowNode[],
  links: readonly FlowLink[],
  columns: number,
  element: HTMLElement,
): EChartsCoreOption {
  const { colour, tip, letters } = chartLook(element);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const tones = { plain: colour('accent'), quiet: colour('muted'), first: colour('ink') };
  const room = Math.max(COLUMN, element.clientWidth / columns);
  return {
    animation: false,
    textStyle: letters,
    tooltip: {
      ...tip,
      trigger: 'item',
      formatter: (hit: {
        dataType: string;
        data: { name?: string; source?: string; target?: string; tip?: string };
      }) => {
        if (hit.dataType === 'node') {
          const node = byId.get(hit.data.name ?? '');
          return node ? `<b>${inHtml(node.name)}</b><br>${inHtml(node.tip)}` : '';
        }
        const [from, to] = [byId.get(hit.data.source ?? ''), byId.get(hit.data.target ?? '')];
        return `${inHtml(from?.name ?? '')} → ${inHtml(to?.name ?? '')}<br><b>${inHtml(hit.data.tip ?? '')}</b>`;
      },
    },
    series: [
      {
        type: 'sankey',
        left: 0,
        right: room - 16,
        top: 8,
        bottom: 8,
        nodeWidth: 12,
        nodeGap: 14,
        draggable: false,
        layoutIterations: 32,
        emphasis: { focus: 'adjacency' },
        label: {
          color: colour('ink'),
          fontSize: 12,
          width: room - 36,
          overflow: 'truncate',
          formatter: ({ name }: { name: string }) => byId.get(name)?.name ?? '',
        },
        lineStyle: { color: colour('accent'), opacity: 0.18, curveness: 0.5 },
        data: nodes.map((node) => ({
          name: node.id,
          depth: node.column,
          value: node.value,
          itemStyle: { color: tones[node.tone], borderWidth: 0 },
        })),
        links: links.map(({ from, to, value, tip: said }) => ({ source: from, target: to, value, tip: said })),
      },
    ],
  };
}
