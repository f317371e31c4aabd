import type { CommandReading } from '../commands/action.ts';
import type { Analysis, RunbookAnalysis } from '../lint/analysis.ts';
import { keyDocAt, type SchemaKind, valueDocs } from '../model/schema/docs.ts';
import { stepNumber } from '../model/step-number.ts';
import { keysOf, pathAt } from '../syntax/locate.ts';
import { proseKeys } from '../syntax/prose.ts';
import { type Span, shift, touches } from '../syntax/span.ts';
import type { Scalar } from '../syntax/tree.ts';
import { describeCommand } from './describe/command.ts';
import { describeKey } from './describe/key.ts';
import { describeName } from './describe/name.ts';
import { describeRule, ruleAt } from './describe/rule.ts';
import { describeStep } from './describe/step.ts';
import { describeUsage } from './describe/usage.ts';
import { nameAt } from './names/names.ts';
import { stepLabel } from './steps/step-label.ts';
import { type StepHere, stepAt, withInner } from './steps/steps.ts';
import { allSteps } from './steps/walk-steps.ts';

interface Hover {
  readonly markdown: string;
  readonly span: Span;
}

/** What is known of the word at an offset: of a rule, a name, a command, a step, a usage line, a key, in this order. */
export function hoverAt(analysis: Analysis, offset: number): Hover | undefined {
  const rule = ruleAt(analysis.text, offset);
  const page = rule && describeRule(rule.id);
  if (rule !== undefined && page !== undefined) return { markdown: page, span: rule.span };
  const name = nameAt(analysis, offset);
  const described = name && describeName(analysis, name);
  if (name !== undefined && described !== undefined) return { markdown: described, span: name.span };
  if (analysis.kind === 'runbook') {
    const named = name?.kind === 'step' && !name.declares ? describeNamedStep(analysis, name.name) : undefined;
    if (name !== undefined && named !== undefined) return { markdown: named, span: name.span };
    const here = stepAt(analysis, offset);
    const step = here && onStep(analysis, here, offset);
    if (step !== undefined) return step;
  }
  return describeUsage(analysis, offset) ?? onKey(analysis, offset);
}

/** The step that has the id, where another one speaks of it. */
function describeNamedStep(analysis: RunbookAnalysis, id: string): string | undefined {
  for (const here of allSteps(analysis)) {
    if (here.reading.step.id?.value !== id) continue;
    const title = `**Step ${stepNumber(here.path.join('.'))}**: ${stepLabel(analysis, here.place, here.reading.step)}`;
    return [title, describeStep(analysis, here)].filter((part) => part !== undefined).join('\n\n');
  }
  return undefined;
}

function onStep(analysis: RunbookAnalysis, here: StepHere, offset: number): Hover | undefined {
  const local = offset - here.place.offset;
  const command = withInner(here.reading)
    .flatMap(({ commands }) => commands)
    .find(({ span }) => touches(span, local));
  if (command !== undefined) return onCommand(here, command, local);
  const { step } = here.reading;
  const heading = [step.key, step.name?.span, step.id?.span].find((span) => span !== undefined && touches(span, local));
  if (heading === undefined) return undefined;
  const key = onKey(analysis, offset)?.markdown;
  const markdown = [describeStep(analysis, here), key].filter((part) => part !== undefined).join('\n\n---\n\n');
  return markdown === '' ? undefined : { markdown, span: shift(heading, here.place.offset) };
}

function onCommand(here: StepHere, command: CommandReading, local: number): Hover {
  const word = command.words.find(({ span }) => touches(span, local));
  const span = shift(word?.span ?? command.span, here.place.offset);
  return { markdown: describeCommand(here, command, word), span };
}

/** The description of a YAML key, or of one of the few values that it takes, from the schema; on any other value that of its key. */
function onKey(analysis: Analysis, offset: number): Hover | undefined {
  const step = analysis.kind === 'runbook' ? stepAt(analysis, offset) : undefined;
  const inStep = step !== undefined && offset <= step.place.span.end;
  const start = inStep ? step.place.offset : 0;
  const path = pathAt(inStep ? step.place.node : analysis.root, offset - start);
  const keys = [...(inStep ? ['steps', '[]'] : []), ...keysOf(path)];
  const last = path.at(-1);
  const value = last?.node.kind === 'scalar' ? last.node : undefined;
  const own = value && onValue(analysis.kind, keys, value, start);
  if (own !== undefined) return own;
  const at = value?.span ?? (last?.onKey === true ? last.entry?.key.span : undefined);
  const doc = at && keyDocAt(analysis.kind satisfies SchemaKind, keys.at(-1) === '[]' ? keys.slice(0, -1) : keys);
  if (at === undefined || doc === undefined || doc.description === '') return undefined;
  if (value !== undefined && proseKeys.has(doc.key)) return undefined;
  return { markdown: `**${doc.key}**\n\n${describeKey(doc)}`, span: shift(at, start) };
}

function onValue(kind: SchemaKind, keys: readonly string[], scalar: Scalar, start: number): Hover | undefined {
  const doc = valueDocs(kind, keys).find(({ value }) => value === scalar.value);
  if (doc?.description === undefined) return undefined;
  return { markdown: `**${doc.value}**\n\n${doc.description}`, span: shift(scalar.span, start) };
}
