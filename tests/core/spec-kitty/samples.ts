/** Missions as spec-kitty-cli 3.2.7 has written them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const OWL = 'kitty-specs/owl-call-log-01M8N6R9';
export const LANTERN = 'kitty-specs/lantern-battery-gauge-01M8N6QV';

/** Where each state of a mission lies among the samples. */
export const SAMPLES = {
  planned: `planned/${OWL}`,
  ended: `ended/${OWL}`,
  target: `coordination/on-target-branch/${LANTERN}`,
  coordination: `coordination/on-coordination-branch/${LANTERN}`,
} as const;

export function samplePath(sample: keyof typeof SAMPLES): string {
  return join(import.meta.dirname, 'golden', SAMPLES[sample]);
}

export function sampleText(sample: keyof typeof SAMPLES, name: string): string {
  return readFileSync(join(samplePath(sample), name), 'utf8');
}
