// What a picker of segments offers: one's own first, then the ready-made ones.
import { useTranslation } from 'react-i18next';
import { READY_SEGMENT_IDS } from '../../report/vocabulary.ts';
import type { Segment } from '../../segments/contract.ts';

interface Choices {
  group: string;
  items: { value: string; label: string }[];
}

export function useSegmentChoices(): (own: readonly Segment[]) => Choices[] {
  const { t } = useTranslation();
  return (own) => [
    ...(own.length === 0
      ? []
      : [{ group: t('segments.own'), items: own.map(({ id, name }) => ({ value: id, label: name })) }]),
    {
      group: t('segments.readyMade'),
      items: READY_SEGMENT_IDS.map((id) => ({ value: id, label: t(`segments.ready.${id}`) })),
    },
  ];
}
