/** The file into which a step of Actions writes its outputs. */

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings */
export function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [, name = '', , value = ''] of text.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n\2$/gm)) outputs[name] = value;
  return outputs;
}
