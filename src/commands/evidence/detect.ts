/** `pace evidence detect`: sources for the evidence that lies in the workspace, beside those that there are. */
import type { World } from '../../../core/world.ts';
import { loadConfig } from '../../config/load.ts';
import { type Detected, detectedEvidence } from '../../gate/evidence/detect/detect.ts';
import type { EvidenceDetect } from './options.ts';

export interface DetectedBeside extends Detected {
  /** The configuration has sources already. */
  readonly isFurther: boolean;
}

/** Works without a configuration too. */
export async function detectEvidence(
  world: World,
  { config: path }: EvidenceDetect,
  signal?: AbortSignal,
): Promise<DetectedBeside> {
  const { evidence } = (await loadConfig(world, path ? { path } : {})).config;
  return { ...(await detectedEvidence(world, { evidence, signal })), isFurther: evidence.length > 0 };
}
