import type { Completion } from './completion.ts';
import type { Cursor } from './cursor.ts';

const steps: readonly { readonly label: string; readonly detail: string; readonly body: string }[] = [
  { label: 'remove step', detail: 'Take servers out of service', body: 'remove: { group: ${1:group}, count: ${2:1} }' },
  { label: 'restore step', detail: 'Put back what a step took out', body: 'restore: ${1:step-id}' },
  {
    label: 'restart step',
    detail: 'Restart servers in batches',
    body: 'restart: { group: ${1:group}, batch: ${2:1}, takes: ${3:5m} }',
  },
  { label: 'run step', detail: 'Run a command', body: 'run: ${1:command}' },
  { label: 'wait step', detail: 'Let time pass', body: 'wait: ${1:15m}' },
];

/** Whole steps, where an item of `steps` begins. */
export function snippetsAt(kind: string, cursor: Cursor): readonly Completion[] {
  const inSteps = cursor.path.at(-1) === '[]' && cursor.path.at(-2) === 'steps';
  if (kind !== 'runbook' || !inSteps || cursor.flow || cursor.present.size > 0) return [];
  return steps.map(({ label, detail, body }, i) => ({
    label,
    kind: 'snippet',
    detail,
    documentation: undefined,
    about: undefined,
    span: cursor.replace,
    newText: body,
    snippet: true,
    sortText: `2${i}`,
  }));
}
