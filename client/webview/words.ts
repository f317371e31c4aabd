/** Everything that the view says, in English. `{0}`, `{1}` … stand for what is put in. */
export const english = {
  title: 'Capacity timeline',
  steps: 'Steps',
  step: 'Step {0} of {1}: {2}',
  safe: 'safe',
  unsafe: 'unsafe',
  unknown: 'cannot be told',
  noStep: 'The cursor is in no step.',
  empty: 'Open a runbook that has a fleet, and its capacity over the steps is drawn here.',
  noFleet: 'This runbook has no fleet yet, so there is no capacity to draw.',
  openSample: 'Open Sample',
  selectFleet: 'Select Fleet',
  fleet: 'Fleet',
  filter: 'Filter',
  filterLabel: 'Filter subsystems by name',
  noMatch: 'No subsystem has this in its name.',
  table: 'Table',
  copy: 'Copy',
  copyTitle: 'Copy the table of the subsystems shown, as Markdown',
  collapseAll: 'Collapse all',
  expandAll: 'Expand all',
  atWorst: 'worst',
  atBest: 'best',
  theMinimum: 'minimum',
  minimum: 'minimum {0}',
  spare: '{0} to spare at step {1}',
  exactly: 'nothing to spare at step {0}',
  mayFall: 'may be {0} below at step {1}',
  falls: '{0} below at step {1}',
  figuresAt: '{0}, minimum {1}',
  before: 'before',
  lowest: 'lowest',
  after: 'after',
  belowBy: '{0} below',
  mayBelowBy: 'may be {0} below',
  chart: '{0}, full strength {1}, {2}.',
  allHold: 'Every subsystem keeps its minimum.',
  someFall: '{0} of {1} subsystems fall below their minimum, first at step {2}.',
  stepColumn: 'Step',
  verdictColumn: 'Verdict',
  previousPage: 'Earlier steps',
  nextPage: 'Later steps',
  page: 'Steps {0} to {1} of {2}',
  caption: 'Units in service at the lowest moment of each step, and the minimum',
  keys: 'Arrow keys move from step to step, Home and End to the first and last, Enter goes there in the editor.',
} as const;

export type Words = Readonly<Record<keyof typeof english, string>>;

/** A sentence with its gaps filled. */
export function fill(sentence: string, ...values: readonly (string | number)[]): string {
  return sentence.replace(/\{(\d+)\}/g, (gap, at) => String(values[Number(at)] ?? gap));
}
