import type { Example, Rule } from './rule.ts';

/** A rule's page in Markdown. `says` is what the linter says of the bad example, a line for each finding. */
export function rulePage(rule: Rule, says: readonly string[]): string {
  const parts = [
    `# ${rule.id}`,
    `${rule.title}. Default severity: ${rule.severity}.`,
    rule.summary,
    '## Why it matters, and what to do',
    rule.details,
    ...(rule.bad === rule.good ? [] : [bad(rule, says), good(rule)]),
    configuration(rule),
  ];
  return `${parts.join('\n\n')}\n`;
}

function bad(rule: Rule, says: readonly string[]): string {
  const said = says.length === 0 ? '' : `\n\nSays:\n\n\`\`\`text\n${says.join('\n')}\n\`\`\``;
  return `## An example that breaks it\n\n${files(rule.bad)}${said}`;
}

function good(rule: Rule): string {
  return `## An example that keeps it\n\n${files(rule.good)}`;
}

function files(example: Example): string {
  return Object.entries(example)
    .map(([name, text]) => `\`${name}\`:\n\n\`\`\`yaml\n${shortened(text).trimEnd()}\n\`\`\``)
    .join('\n\n');
}

/** An example of a limit is longer than a page needs. */
function shortened(text: string): string {
  return text.replace(/(.)\1{40,}/g, (run) => `${run.slice(0, 8)}…`);
}

function configuration({ id }: Rule): string {
  return [
    '## Configuration',
    'In `.runbook-lint.yaml`, the nearest one up the tree:',
    `\`\`\`yaml\nrules:\n  ${id}: off\n\`\`\``,
    `Or once, on the command line: \`runbook-lint check --rule ${id}=off\`.`,
    'The severities are `error`, `warning`, `information`, `hint` and `off`.',
  ].join('\n\n');
}

/** The table of all rules. */
export function rulesIndex(rules: readonly Rule[]): string {
  const rows = rules.map(({ id, severity, summary }) => `| [${id}](${id}.md) | ${severity} | ${summary} |`);
  return `# Rules\n\nEach rule has a page, made from the rule itself; the examples on it are run by the tests.\n\n| rule | default | reports |\n|---|---|---|\n${rows.join('\n')}\n`;
}
