/** What `pace validate` found, for people. Pure. */
import { formatProblem } from '../../core/yaml/problems.ts';
import type { Validated } from '../commands/validate.ts';
import { policyWords } from '../gate/policy/words.ts';

export function validText({ loaded, plan }: Validated): string {
  const lines = [
    ...[...loaded.warnings, ...(plan?.warnings ?? [])].map((warning) => `Warning: ${formatProblem(warning)}`),
    `${loaded.file} is valid.`,
    loaded.sides.because,
    policyWords(loaded.config),
    plan
      ? `${plan.file} is valid: ${plan.days.length} days.`
      : 'There is no plan; days are counted by the calendar or named with --day.',
    `Evidence: ${loaded.config.evidence.map(({ name }) => name).join(', ') || 'the commit CI only'}.`,
  ];
  return `${lines.join('\n')}\n`;
}
