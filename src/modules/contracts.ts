// The whole API in one explicit list. Browser-safe.
import { accountContract } from '../platform/auth/contract.ts';
import { filesContract } from '../platform/files/contract.ts';
import { finderContract } from '../platform/finder/contract.ts';
import { importsContract } from '../platform/imports/contract.ts';
import { jobsContract } from '../platform/jobs/contract.ts';
import { mailContract } from '../platform/mail/mail-contract.ts';
import { notificationsContract } from '../platform/notifications/contract.ts';
import { connectionsContract } from '../platform/providers/contract.ts';
import { transfersContract } from '../platform/transfers/contract.ts';
import { workspacesContract } from '../platform/workspaces/contract.ts';
import {
  actsContract,
  alarmsContract,
  analyticsContract,
  careContract,
  dashboardsContract,
  explorerContract,
  funnelsContract,
  goalsContract,
  logImportContract,
  mailingsContract,
  pathsContract,
  retentionContract,
  sharingContract,
  shopContract,
} from './analytics/contract.ts';
import { annotationsContract } from './annotations/contract.ts';
import { contactsContract } from './contacts/contract.ts';
import { costsContract } from './costs/contract.ts';
import { countersContract } from './counters/contract.ts';
import { linksContract } from './links/contract.ts';

export const contract = {
  ...workspacesContract,
  ...accountContract,
  ...connectionsContract,
  ...mailContract,
  ...jobsContract,
  ...finderContract,
  ...notificationsContract,
  ...filesContract,
  ...importsContract,
  ...transfersContract,
  ...actsContract,
  ...analyticsContract,
  ...explorerContract,
  ...funnelsContract,
  ...mailingsContract,
  ...pathsContract,
  ...retentionContract,
  ...sharingContract,
  ...shopContract,
  ...logImportContract,
  ...goalsContract,
  ...alarmsContract,
  ...careContract,
  ...dashboardsContract,
  ...annotationsContract,
  ...contactsContract,
  ...costsContract,
  ...countersContract,
  ...linksContract,
};
export type Contract = typeof contract;
