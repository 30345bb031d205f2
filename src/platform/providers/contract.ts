// Connections to outside services: what can be connected, what is, whether it works and what was called.
import { z } from 'zod';
import { route } from '../api/contract-base.ts';
import { CONNECTION_STATES } from './states-contract.ts';

const id = z.uuid();
const workspacePath = z.object({ workspace: id });
const onePath = workspacePath.extend({ connection: id });
const settings = z.record(z.string().max(60), z.union([z.string().max(4000), z.number()]));

const field = z.object({
  name: z.string(),
  type: z.enum(['text', 'number', 'choice', 'secret', 'address', 'email']),
  required: z.boolean(),
  initial: z.union([z.string(), z.number()]).nullable(),
  choices: z.array(z.string()),
  destination: z.boolean(),
});
const provider = z.object({ id: z.string(), kind: z.string(), title: z.string(), fields: z.array(field) });
const connection = z.object({
  id,
  provider: z.string(),
  name: z.string(),
  settings: z.record(z.string(), z.union([z.string(), z.number()])),
  /** what may be known of the stored secrets, by field */
  secrets: z.record(z.string(), z.object({ setAt: z.string(), endsWith: z.string() })),
  state: z.enum(CONNECTION_STATES),
  checkedAt: z.string().nullable(),
  said: z.string().nullable(),
});
const call = z.object({
  id,
  at: z.string(),
  method: z.string(),
  host: z.string(),
  path: z.string(),
  status: z.number().nullable(),
  ms: z.number(),
  bytes: z.number(),
  attempt: z.number(),
  error: z.string().nullable(),
});
const name = z.string().trim().min(1, 'Name the connection').max(60);
const base = '/workspaces/{workspace}/connections' as const;

export const connectionsContract = {
  connections: {
    providers: route('connections:read', 'GET', '/workspaces/{workspace}/providers', 'Services that can be connected')
      .input(workspacePath)
      .output(z.array(provider)),
    list: route('connections:read', 'GET', base, 'Connected services and whether they work')
      .input(workspacePath)
      .output(z.array(connection)),
    create: route('connections:manage', 'POST', base, 'Connect a service')
      .input(workspacePath.extend({ provider: z.string().max(60), name, settings }))
      .output(connection),
    update: route('connections:manage', 'PATCH', `${base}/{connection}`, 'Change a connection or switch it off')
      .input(
        onePath.extend({
          name: name.optional(),
          settings: settings.optional(),
          state: z.enum(['off', 'new']).optional(),
        }),
      )
      .output(connection),
    remove: route('connections:manage', 'DELETE', `${base}/{connection}`, 'Disconnect a service and forget its secrets')
      .input(onePath)
      .output(z.object({ removed: z.boolean() })),
    test: route('connections:manage', 'POST', `${base}/{connection}/test`, 'Try a connection for real')
      .input(onePath)
      .output(z.object({ ok: z.boolean(), said: z.string() })),
    calls: route('connections:read', 'GET', `${base}/{connection}/calls`, 'The last calls of a connection')
      .input(onePath)
      .output(z.array(call)),
  },
};
