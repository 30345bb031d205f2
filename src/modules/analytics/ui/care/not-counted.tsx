// What never comes into the figures: addresses, pages, parameters, one's own visits; and how much each rule left out.
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { EmptyState } from '../../../../web/parts/empty-state.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { RuleKind } from '../../care/contract.ts';
import { LeftOutDays } from './left-out-days.tsx';
import { OwnTraffic } from './own-traffic.tsx';
import { RuleForm } from './rule-form.tsx';
import { RuleTable } from './rule-table.tsx';
import { useRuleList } from './use-rules.ts';

const KINDS: readonly RuleKind[] = ['address', 'path', 'parameter'];

export function NotCounted() {
  const { t } = useTranslation();
  const { may } = useWorkspace();
  const [address, setAddress] = useAddress();
  const list = useRuleList();
  const manage = may('analytics:manage');
  if (list.isError) return <Problem error={list.error} onRetry={list.refetch} />;
  if (list.data === undefined) return <Waiting />;
  const rules = list.data.filter(({ kind }) => KINDS.includes(kind));
  const chosen = rules.find(({ id }) => id === address.rule);
  return (
    <>
      <Section title={t('care.rules')} hint={t('care.rulesHint')}>
        {rules.length === 0 ? (
          <EmptyState title={t('care.none')} text={t('care.noneText')} />
        ) : (
          <RuleTable caption={t('care.rules')} rules={rules} counted onRow={({ id }) => setAddress({ rule: id })} />
        )}
      </Section>
      {manage && (
        <Section title={t('care.new')}>
          <RuleForm kinds={KINDS} />
        </Section>
      )}
      {manage && <OwnTraffic rules={rules} />}
      {rules.length > 0 && <LeftOutDays rule={chosen} onAll={() => setAddress({ rule: undefined })} />}
    </>
  );
}
