/** Terminal colours and cursor codes out of a line, also where a JSON logger escaped them. Pure, linear. */

const ANSI = /(?:\u001b|\\u001b)(?:\[[0-9;:?]*[ -/]*[@-~]|[@-Z\\-_])/gi;

export function stripAnsi(text: string): string {
  return text.includes("\u001b") || /\\u001b/i.test(text) ? text.replace(ANSI, "") : text;
}
