// The whole API in one explicit list. Browser-safe.
import { workspacesContract } from '../platform/workspaces/contract.ts';
import { analyticsContract } from './analytics/contract.ts';

export const contract = { ...workspacesContract, ...analyticsContract };
export type Contract = typeof contract;
