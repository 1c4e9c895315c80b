/** `docs/verdict.md`: the table of situations for people. Pure. */
import { type Chapter, chapters, type Outcome } from './situations.ts';

const INTRODUCTION = `# What comes of what

A commit is judged, or it is said that it was not. Nothing that was not judged is ever green.

A **day** is the state of a branch once a day; a **change** is a pull or merge request. Each row below is a test: it brings the situation about on a GitHub of our own, runs the gate once for a day and once
for a change, and holds decision, exit code, commit status and escalation to what stands here. Generated from \`tests/verdict/situations.ts\`.

| decision | exit code | commit status \`pace/<gate>\` |
| --- | --- | --- |
| SHIP | 0 | success |
| HOLD | 1 (\`gate.on_hold: neutral\`: 0) | failure |
| PAUSED | 0 (\`gate.on_paused: fail\`: 1) | pending, with the reason |
| UNKNOWN | 0 (\`gate.on_unknown: hold\`: 1) | error |

\`gate.mode: observe\` always exits 0 with the status success, whose words say what it would have been. Exit code 2: wrong usage or configuration, or another run is under way in this checkout.

Which checks count, and how long they are waited for: [waiting.md](waiting.md).`;

export function verdictPage(): string {
  return `${[INTRODUCTION, ...chapters.map(chapterText)].join('\n\n')}\n`;
}

function chapterText({ title, situations }: Chapter): string {
  const rows = situations.map(({ title: situation, outcome }) => {
    return `| ${situation.replaceAll('|', '\\|')} | ${words(outcome.day)} | ${words(outcome.change)} |`;
  });
  return [`## ${title}`, ['| situation | a day | a change |', '| --- | --- | --- |', ...rows].join('\n')].join('\n\n');
}

/** `**HOLD**, exit 1, status failure; issue opened`. */
function words({ decision, exit, status, issue }: Outcome): string {
  if (decision === 'none') return `nothing is decided, exit ${exit}`;
  const about = issue === 'none' ? '' : `; issue ${issue}`;
  return `**${decision}**, exit ${exit}, status ${status}${about}`;
}
