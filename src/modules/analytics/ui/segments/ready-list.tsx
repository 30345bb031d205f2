// The segments that are there without being made: used as they are, or the start of one's own.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../../web/parts/section.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { READY_SEGMENT_IDS, type ReadySegmentId } from '../../report/vocabulary.ts';
import { READY_SEGMENTS } from '../../segments/ready-contract.ts';
import { SegmentLinks, Size } from './segment-list.tsx';
import styles from './segments.module.css';
import { useSegmentWords } from './use-segment-words.ts';

export function ReadyList({ onCopy }: { onCopy: (id: ReadySegmentId) => void }) {
  const { t } = useTranslation();
  const { may } = useWorkspace();
  const words = useSegmentWords({ nameOf: () => undefined });
  return (
    <Section title={t('segments.readyMade')}>
      <ul className={styles.list}>
        {READY_SEGMENT_IDS.map((id) => {
          const name = t(`segments.ready.${id}`);
          return (
            <li key={id} className={styles.row}>
              <div className={styles.rowWords}>
                <div className={styles.rowName}>{name}</div>
                <div>{words(READY_SEGMENTS[id])}</div>
              </div>
              <Size segment={{ site: null, definition: READY_SEGMENTS[id] }} />
              <div className={styles.rowActions}>
                <SegmentLinks id={id} name={name} />
                {may('analytics:manage') && (
                  <Button variant="default" aria-label={`${t('segments.copy')}: ${name}`} onClick={() => onCopy(id)}>
                    {t('segments.copy')}
                  </Button>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
