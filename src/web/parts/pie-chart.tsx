// Parts of a whole as a ring, the largest first; their names and shares stand below, in the colours of the parts.
import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { Chart } from './chart.tsx';
import { chartLook, inHtml } from './chart-look.ts';
import styles from './series-chart.module.css';
import { partColour } from './series-chart.tsx';

export interface PiePart {
  id: string;
  name: string;
  value: number;
  /** the figure with its share */
  words: string;
  /** all others: drawn quietly */
  rest?: boolean;
}

const engine = () => import('./pie-engine.ts');

export function PieChart({
  label,
  parts,
  onPart,
}: {
  label: string;
  parts: readonly PiePart[];
  onPart?: (id: string) => void;
}) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same words and figures are the same drawing
  const option = useMemo(() => (element: HTMLElement) => pieOption(parts, element), [JSON.stringify(parts)]);
  return (
    <>
      <Chart
        label={label}
        engine={engine}
        option={option}
        {...(onPart
          ? {
              onPress: ({ dataIndex }) => {
                const part = parts[dataIndex];
                if (part && !part.rest) onPart(part.id);
              },
            }
          : {})}
      />
      <ul className={styles.legend}>
        {parts.map((part, index) => (
          <li key={part.id}>
            <i style={{ background: `var(--${partColour(index, part.rest)})` }} aria-hidden="true" />
            {part.name} <b>{part.words}</b>
          </li>
        ))}
      </ul>
    </>
  );
}

function pieOption(parts: readonly PiePart[], element: HTMLElement): EChartsCoreOption {
  const { colour, tip, letters } = chartLook(element);
  return {
    animation: false,
    textStyle: letters,
    tooltip: {
      ...tip,
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const part = parts[dataIndex];
        return part ? `${inHtml(part.name)}<br><b>${inHtml(part.words)}</b>` : '';
      },
    },
    series: [
      {
        type: 'pie',
        radius: ['52%', '88%'],
        data: parts.map((part, index) => ({
          name: part.name,
          value: Math.max(0, part.value),
          itemStyle: { color: colour(partColour(index, part.rest)), borderColor: colour('bg'), borderWidth: 1 },
        })),
        label: { show: false },
        emphasis: { scale: false },
      },
    ],
  };
}
