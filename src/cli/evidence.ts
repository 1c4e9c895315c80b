/** `pace evidence …` at the command line. */
import type { EvidenceDetect, EvidenceRead } from '../commands/evidence/options.ts';
import type { Session } from './session.ts';

export const evidence = {
  evidence: async (session: Session, options: EvidenceRead) => {
    const { readEvidenceAlone } = await import('../commands/evidence/read.ts');
    const { evidenceText } = await import('../output/evidence-text.ts');
    const seen = await readEvidenceAlone(session.world, options, session.signal);
    await session.answer(seen, () => evidenceText(seen, { colour: session.shell.hasColour }));
  },
  detect: async (session: Session, options: EvidenceDetect) => {
    const { detectEvidence } = await import('../commands/evidence/detect.ts');
    const { detectedText } = await import('../output/detected-text.ts');
    const detected = await detectEvidence(session.world, options, session.signal);
    await session.answer(detected, () => detectedText(detected));
  },
};
