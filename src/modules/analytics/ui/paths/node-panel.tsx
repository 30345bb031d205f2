// A node of the flow that was pressed: who came that way, and what can be made of it.
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatValue } from '../../../../web/format.ts';
import { Section } from '../../../../web/parts/section.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { FlowAnswer, PathNode } from '../../paths/contract.ts';
import type { PlainFilter } from '../../report/filter-contract.ts';
import type { SegmentDefinition } from '../../segments/contract.ts';
import { reportFilter } from '../filters.ts';
import { SegmentButtons } from '../segments/segment-buttons.tsx';
import type { View } from '../view.ts';
import { useFlowWords } from './flow-section.tsx';
import { actOfNode, type PathState } from './path-state.ts';
import styles from './paths.module.css';

interface Props {
  answer: FlowAnswer;
  /** `step-place` */
  chosen: string;
  state: PathState;
  view: View;
  onGoOn: (node: PathNode) => void;
}

const VISIT_MINUTES = 1440;

/** Opens the builder of funnels with these steps. */
export function useFunnelOf(): (nodes: readonly PathNode[]) => void {
  const { workspace } = useWorkspace();
  const navigate = useNavigate();
  return (nodes) => {
    const draft = {
      steps: nodes.map((node) => ({ act: actOfNode(node) })),
      order: 'ordered',
      by: 'visit',
      minutes: VISIT_MINUTES,
    };
    void navigate({
      to: '/w/$workspace/funnels',
      params: { workspace: workspace.id } as never,
      search: { funnel: 'new', draft } as never,
    });
  };
}

export function NodePanel({ answer, chosen, state, view, onGoOn }: Props) {
  const { t, i18n } = useTranslation();
  const words = useFlowWords(state.direction);
  const funnelOf = useFunnelOf();
  const [step = 0, place = 0] = chosen.split('-').map(Number);
  const node = answer.steps[step]?.[place];
  if (!node) return null;
  const name = words(node);
  const plain = node.what === 'view' || node.what === 'event' ? { what: node.what, value: node.value } : null;
  const other = step > 0 ? state.anchor : undefined;
  // in the order in which they happened
  const ends = plain && other ? (state.direction === 'from' ? [other, plain] : [plain, other]) : null;
  const where = reportFilter(view.filters) as PlainFilter | undefined;
  const within = { period: view.scope.period };
  const definition: SegmentDefinition | null = plain && {
    version: 1,
    selects: 'visitors',
    where: ends
      ? {
          and: [
            {
              funnel: {
                steps: ends.map(actOfNode),
                order: 'ordered',
                by: 'visit',
                minutes: VISIT_MINUTES,
                reached: { atLeast: 2 },
                within,
                ...(where ? { where } : {}),
              },
            },
            ...view.further,
          ],
        }
      : { and: [{ did: { ...actOfNode(plain), within } }, ...view.further] },
  };
  return (
    <Section
      title={t('paths.node', { name, n: step + 1 })}
      hint={`${t('paths.visits', { count: node.visits, n: formatValue(node.visits, 'count', i18n.language) })} · ${formatValue(node.visits / answer.through, 'share', i18n.language)}`}
    >
      {plain && definition ? (
        <div className={styles.nodeActs}>
          <Button variant="default" onClick={() => onGoOn(plain)}>
            {t(`paths.goOn.${state.direction}`)}
          </Button>
          {ends && (
            <Button variant="default" onClick={() => funnelOf(ends)}>
              {t('paths.funnel')}
            </Button>
          )}
          <SegmentButtons
            key={chosen}
            name={ends ? ends.map((one) => words({ ...one, visits: 0 })).join(' → ') : name}
            definition={definition}
            period={view.period}
          />
        </div>
      ) : (
        <p className={styles.hint}>
          {t(node.what === 'other' ? 'paths.otherHint' : `paths.endHint.${state.direction}`)}
        </p>
      )}
    </Section>
  );
}
