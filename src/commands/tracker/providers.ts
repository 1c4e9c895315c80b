/** `pace tracker providers`. */
import { HOSTED_PROVIDERS, LOCAL_PROVIDERS } from '../../../core/hosted/providers.ts';

export interface Providers {
  readonly local: readonly string[];
  readonly saas: readonly string[];
}

export function listProviders(): Providers {
  return { local: LOCAL_PROVIDERS, saas: HOSTED_PROVIDERS };
}
