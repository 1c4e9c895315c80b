/** Which file each coding agent reads by itself. */

export interface AgentFile {
  /** Relative to the workspace. */
  readonly file: string;
  /** What a new file begins with: how its tool is told when to read it. */
  readonly front?: string;
}

const AGENTS: AgentFile = { file: 'AGENTS.md' };

export const TOOL_NAMES = [
  'agents',
  'claude',
  'cline',
  'codex',
  'continue',
  'copilot',
  'cursor',
  'gemini',
  'junie',
  'kiro',
  'opencode',
  'roo',
  'windsurf',
  'zed',
] as const;

export type ToolName = (typeof TOOL_NAMES)[number];

export const AGENT_FILES: Readonly<Record<ToolName, AgentFile>> = {
  // https://agents.md
  agents: AGENTS,
  codex: AGENTS,
  opencode: AGENTS,
  zed: AGENTS,
  // https://code.claude.com/docs/en/memory
  claude: { file: 'CLAUDE.md' },
  // https://docs.cline.bot/features/cline-rules
  cline: { file: '.clinerules/pace.md' },
  // https://docs.continue.dev/customize/deep-dives/rules
  continue: { file: '.continue/rules/pace.md' },
  // https://docs.github.com/en/copilot/how-tos/configure-custom-instructions/add-repository-instructions
  copilot: { file: '.github/copilot-instructions.md' },
  // https://docs.cursor.com/context/rules
  cursor: {
    file: '.cursor/rules/pace.mdc',
    front: '---\ndescription: issues of this project\nalwaysApply: true\n---\n',
  },
  // https://google-gemini.github.io/gemini-cli/docs/cli/gemini-md.html
  gemini: { file: 'GEMINI.md' },
  // https://www.jetbrains.com/help/junie/customize-guidelines.html
  junie: { file: '.junie/guidelines.md' },
  // https://kiro.dev/docs/steering/
  kiro: { file: '.kiro/steering/pace.md' },
  // https://docs.roocode.com/features/custom-instructions
  roo: { file: '.roo/rules/pace.md' },
  // https://docs.windsurf.com/windsurf/cascade/memories
  windsurf: { file: '.windsurf/rules/pace.md', front: '---\ntrigger: always_on\n---\n' },
};
