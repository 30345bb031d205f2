// The bare address: to set-up on an empty installation, else to the company worked in last.
import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { api, errorCode } from '../api.ts';
import { Problem } from '../parts/problem.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { lastWorkspace, useMe } from '../workspace.ts';

export function Home() {
  const setup = useQuery(api.setup.status.queryOptions());
  if (setup.isError) return <Problem error={setup.error} onRetry={setup.refetch} />;
  if (setup.data === undefined) return <Waiting />;
  if (setup.data.empty) return <Navigate to="/setup" replace />;
  return <SignedInHome />;
}

function SignedInHome() {
  const me = useMe();
  if (me.isError && errorCode(me.error) === 'UNAUTHORIZED') return <Navigate to="/sign-in" replace />;
  if (me.isError) return <Problem error={me.error} onRetry={me.refetch} />;
  if (me.data === undefined) return <Waiting />;
  const last = lastWorkspace();
  const target = me.data.workspaces.find((one) => one.id === last) ?? me.data.workspaces[0];
  if (target === undefined) return <Navigate to="/new-company" replace />;
  return <Navigate to="/w/$workspace/overview" params={{ workspace: target.id } as never} replace />;
}
