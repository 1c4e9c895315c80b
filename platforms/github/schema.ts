/** GitHub's own description of its answers, as types. Every shape here is a part of one of them. */
import type { components } from '@octokit/openapi-types';

type Schemas = components['schemas'];

/** One of their shapes, without the `null` that some stand for. */
export type Schema<Name extends keyof Schemas> = NonNullable<Schemas[Name]>;

/** What we read of one of them. */
export type Part<Name extends keyof Schemas, Key extends keyof Schema<Name>> = Readonly<Pick<Schema<Name>, Key>>;
