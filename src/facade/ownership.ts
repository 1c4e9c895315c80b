/** Whose value of a field counts where both sides have one: the policy of a binding. Pure. */
import type { Binding, Owner } from '../../core/hosted/binding.ts';
import { type CanonicalIssue, CORE_FIELDS, type CoreField } from './canonical.ts';

type Policy = Pick<Binding, 'mode' | 'fieldOwners'>;

export interface FieldConflict {
  readonly field_name: CoreField;
  readonly strategy: 'newer_timestamp_wins';
  readonly manual_review_required: boolean;
}

export function ownerOf({ mode, fieldOwners }: Policy, field: CoreField): Owner {
  if (mode === 'external_authoritative') return 'external';
  if (mode === 'spec_kitty_authoritative') return 'local';
  return fieldOwners[field] ?? 'shared';
}

export interface Merged {
  readonly issue: CanonicalIssue;
  readonly conflicts: readonly FieldConflict[];
}

/** Of two forms of one issue: of what both own, the newer one; the external one where neither is. */
export function merged(policy: Policy, local: CanonicalIssue, external: CanonicalIssue): Merged {
  const conflicts: FieldConflict[] = [];
  const isExternal = (field: CoreField) => {
    const owner = ownerOf(policy, field);
    if (owner === 'shared' && !isSame(local[field], external[field]))
      conflicts.push({ field_name: field, strategy: 'newer_timestamp_wins', manual_review_required: false });
    return owner === 'external' || (owner === 'shared' && !isNewer(local, external));
  };
  const taken = CORE_FIELDS.filter(isExternal).map((field) => [field, external[field]] as const);
  return { issue: { ...local, ...Object.fromEntries(taken), ref: external.ref }, conflicts };
}

/** The fields that the local side may write there, and that differ. */
export function fieldsToPush(policy: Policy, local: CanonicalIssue, external: CanonicalIssue): CoreField[] {
  return CORE_FIELDS.filter((field) => {
    const owner = ownerOf(policy, field);
    const counts = owner === 'local' || (owner === 'shared' && isNewer(local, external));
    return counts && !isSame(local[field], external[field]);
  });
}

function isNewer(local: CanonicalIssue, external: CanonicalIssue): boolean {
  const [here, there] = [local, external].map(({ updated_at }) => Date.parse(updated_at ?? ''));
  return here !== undefined && there !== undefined && here > there;
}

/** The order of a list says nothing. */
export function isSame(one: unknown, other: unknown): boolean {
  return formOf(one) === formOf(other);
}

function formOf(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? value.map((each) => JSON.stringify(each)).sort() : value);
}
