// The company on screen and what the signed-in person may do in it.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { WorkspacePermission } from '../platform/api/contract-base.ts';
import { useWorkspaceId } from './address.ts';
import { api } from './api.ts';

export const useMe = () => useQuery(api.me.queryOptions({ staleTime: 60_000 }));

/** Only below the shell, which has loaded it. */
export function useWorkspace() {
  const id = useWorkspaceId();
  const me = useSuspenseQuery(api.me.queryOptions({ staleTime: 60_000 })).data;
  const workspace = me.workspaces.find((one) => one.id === id);
  if (workspace === undefined) throw new Error('The shell shows a screen only for a company of the signed-in person');
  const may = (permission: WorkspacePermission) => workspace.permissions.includes(permission);
  return { me, workspace, may };
}
export type Membership = ReturnType<typeof useWorkspace>['workspace'];

const LAST = 'tradewind.workspace';
export const rememberWorkspace = (id: string) => localStorage.setItem(LAST, id);
export const lastWorkspace = (): string | null => localStorage.getItem(LAST);
