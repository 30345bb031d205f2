// The whole API in one explicit list. Browser-safe.
import { mailContract } from '../platform/mail/mail-contract.ts';
import { connectionsContract } from '../platform/providers/contract.ts';
import { workspacesContract } from '../platform/workspaces/contract.ts';
import { analyticsContract } from './analytics/contract.ts';
import { annotationsContract } from './annotations/contract.ts';
import { costsContract } from './costs/contract.ts';

export const contract = {
  ...workspacesContract,
  ...connectionsContract,
  ...mailContract,
  ...analyticsContract,
  ...annotationsContract,
  ...costsContract,
};
export type Contract = typeof contract;
