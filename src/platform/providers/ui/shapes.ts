// What the API says of providers and connections, as the screens hold it.
import type { InferContractRouterOutputs } from '@orpc/contract';
import type { connectionsContract } from '../contract.ts';

type Outputs = InferContractRouterOutputs<typeof connectionsContract>['connections'];
export type ProviderInfo = Outputs['providers'][number];
export type ConnectionInfo = Outputs['list'][number];
