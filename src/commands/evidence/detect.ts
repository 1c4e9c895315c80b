/** `pace evidence detect`: sources for the evidence that lies in the workspace, beside those that there are. */
import type { World } from '../../../core/world.ts';
import { loadConfig } from '../../config/load.ts';
import { type Detected, detectedEvidence } from '../../gate/evidence/detect/detect.ts';
import type { EvidenceDetect } from './options.ts';

/** Works without a configuration too. */
export async function detectEvidence(
  world: World,
  { config: path }: EvidenceDetect,
  signal?: AbortSignal,
): Promise<Detected> {
  const { config } = await loadConfig(world, path ? { path } : {});
  return detectedEvidence(world, { evidence: config.evidence, signal });
}
