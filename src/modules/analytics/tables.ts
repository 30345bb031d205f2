// Row types of the tables analytics owns in PostgreSQL.
import type { ColumnType, Generated } from 'kysely';
import type { AlarmDefinition } from './alarms/contract.ts';
import type { RuleKind } from './care/contract.ts';
import type { DashboardDefinition } from './dashboards/contract.ts';
import type { ExplorerQuestion } from './explorer/question-contract.ts';
import type { FunnelDefinition } from './funnels/contract.ts';
import type { GoalDefinition } from './goals/contract.ts';
import type { MailingDefinition } from './mailings/contract.ts';
import type { SegmentDefinition } from './segments/contract.ts';
import type { ShareDefinition } from './sharing/contract.ts';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Defaulted = ColumnType<Date, Date | string | undefined, Date | string>;
type Json<T> = ColumnType<T, string, string>;

/** What people define and keep, with one definition of its own. */
interface KeptTable<Definition> {
  workspace: string;
  id: string;
  name: string;
  definition: Json<Definition>;
  version: Generated<number>;
  created_by: string;
  created_at: Defaulted;
  updated_by: string;
  updated_at: Defaulted;
  archived_at: Timestamp | null;
}

export interface AnalyticsTables {
  site: {
    workspace: string;
    id: string;
    key: string;
    host: string;
    other_hosts: Json<string[]>;
    last_event_at: Timestamp | null;
    /** when the first event happened */
    first_event_at?: Timestamp | null;
    created_at: Defaulted;
  };
  dirty_day: { workspace: string; site: string; day: string; mark: number; marked_at: Defaulted };
  consent_text: {
    workspace: string;
    site: string;
    version: number;
    texts: Json<Record<string, ConsentText>>;
    published_at: Defaulted;
  };
  consent_proof: {
    workspace: string;
    id: string;
    site: string;
    version: number;
    language: string;
    text_hash: string;
    choice: 'granted' | 'denied';
    visitor: string | null;
    at: Timestamp;
    received_at: Defaulted;
    user_agent: string;
  };
  log_import: {
    workspace: string;
    id: string;
    site: string;
    fingerprint: string;
    state: Json<{ file: string; offset: number; lines: number }> | null;
    summary: Json<Record<string, unknown>> | null;
    started_at: Defaulted;
    finished_at: Timestamp | null;
  };
  segment: {
    workspace: string;
    id: string;
    site: string | null;
    name: string;
    definition: Json<SegmentDefinition>;
    version: Generated<number>;
    created_by: string;
    created_at: Defaulted;
    updated_by: string;
    updated_at: Defaulted;
    archived_at: Timestamp | null;
  };
  funnel: {
    workspace: string;
    id: string;
    name: string;
    definition: Json<FunnelDefinition>;
    version: Generated<number>;
    created_by: string;
    created_at: Defaulted;
    updated_by: string;
    updated_at: Defaulted;
    archived_at: Timestamp | null;
  };
  report: {
    workspace: string;
    id: string;
    name: string;
    description: string;
    definition: Json<ExplorerQuestion>;
    version: Generated<number>;
    created_by: string;
    created_at: Defaulted;
    updated_by: string;
    updated_at: Defaulted;
    archived_at: Timestamp | null;
  };
  goal: {
    workspace: string;
    id: string;
    site: string | null;
    name: string;
    definition: Json<GoalDefinition>;
    worth: number | null;
    version: Generated<number>;
    created_by: string;
    created_at: Defaulted;
    updated_by: string;
    updated_at: Defaulted;
    archived_at: Timestamp | null;
  };
  counting_rule: {
    workspace: string;
    id: string;
    site: string | null;
    name: string;
    kind: RuleKind;
    pattern: string;
    version: Generated<number>;
    created_by: string;
    created_at: Defaulted;
    updated_by: string;
    updated_at: Defaulted;
    archived_at: Timestamp | null;
  };
  dashboard: KeptTable<DashboardDefinition>;
  alarm: KeptTable<AlarmDefinition>;
  share: KeptTable<ShareDefinition> & { opened: Generated<number>; opened_at: Timestamp | null };
  report_mailing: KeptTable<MailingDefinition>;
  report_mailed: {
    workspace: string;
    mailing: string;
    due: Timestamp;
    at: Defaulted;
    recipients: number;
    problem: string | null;
  };
  search_setting: { workspace: string; parameters: Json<string[]>; updated_by: string; updated_at: Defaulted };
  share_password: { workspace: string; share: string; hash: string };
  alarm_ring: {
    workspace: string;
    alarm: string;
    day: string;
    value: number;
    expected: number;
    at: Defaulted;
  };
  retention: {
    workspace: string;
    months: number | null;
    kept_from: ColumnType<string | null, string | undefined, string>;
    updated_at: Defaulted;
  };
  excluded_day: { workspace: string; rule: string; site: string; day: string; events: number };
  recount: { workspace: string; rules_as_of: Timestamp };
  log_import_reject: { workspace: string; import: string; line: number; reason: string; text: string };
}

export interface ConsentText {
  mode: 'opt-in' | 'notice' | 'off';
  title: string;
  text: string;
  accept: string;
  decline: string;
  policyUrl: string;
}
