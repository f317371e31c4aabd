import { type Action, type Placed, rolls } from '../../commands/action.ts';
import type { Amount } from '../../model/leaf.ts';
import type { Edit, Fix } from '../finding.ts';
import type { FixContext, Kept, Report } from '../rule.ts';
import { namedHosts } from '../telling/extent.ts';
import { figureOf } from '../telling/figure.ts';
import { assignedTo } from './assigned.ts';
import { meantFigure } from './meant-figure.ts';
import { insertedBatch, writtenFanOut, writtenOption } from './missing-figure.ts';
import { parameterFix, parameterIn } from './parameter-fix.ts';
import { preconditionFix } from './precondition.ts';
import { kindOf, mostOf, type SafeFigure, safeFigure, safePercent } from './safe-figure.ts';
import { withName } from './said-too.ts';

/** What the reports of a rule on counts carry for their fixes. */
export interface CountData {
  /** The action's index in its step. */
  readonly action: number;
}

/** What the reports of `count-slip` carry for their fix. */
export interface SlipData extends CountData {
  /** What belongs in the place of what is written. */
  readonly meant: string;
}

/** The figure that the evidence speaks for, where it breaks nothing. */
export function slipFixes(report: Report, context: FixContext): readonly Fix[] {
  const { action: index, meant } = report.data as SlipData;
  const action = context.actions[index];
  if (action === undefined) return [];
  const edits = [{ span: report.span, newText: meant }];
  if (!context.mends(edits)) return [];
  const preferred = (figureOf(action)?.span ?? namedHosts(action))?.start === report.span.start;
  const fix: Fix = { title: `Did you mean ${meant}?`, preferred, spelling: false, edits };
  return [fix, ...(preferred ? preconditionFix(index, fix, context) : [])];
}

/** One of a step's actions whose figure is to be replaced. */
interface Subject {
  readonly index: number;
  readonly action: Action;
  /** How many it asks for now, at most. */
  readonly most: number;
  readonly context: FixContext;
}

/** The largest safe count, batch or the smallest safe size, and the count that may have been meant. */
export function countFixes(report: Report, context: FixContext): readonly Fix[] {
  const { action: index } = report.data as CountData;
  const action = context.actions[index];
  if (action === undefined) return [];
  const most = mostOf(action, index, context);
  if (most === undefined) return [];
  const subject: Subject = { index, action, most, context };
  const safe = safeFix(subject);
  const said = new Set(safe.flatMap(({ edits }) => edits.map(({ newText }) => newText)));
  return [...safe, ...meantFix(subject).filter(({ edits }) => edits.every(({ newText }) => !said.has(newText)))];
}

function safeFix(subject: Subject): readonly Fix[] {
  const { action, index, most, context } = subject;
  const figure = figureOf(action);
  const found = safeFigure(index, context);
  if (found === undefined || found.value === 0 || isOtherwise(figure, context)) return [];
  const { value: safe, unit, kind } = found;
  const parameter = figure && parameterIn(figure.span, context);
  if (parameter !== undefined) {
    const bound = action.effect === 'scale-to' ? 'minimum' : 'maximum';
    const fix = parameterFix(parameter, inUnitOf(figure, found, subject), bound, context);
    if (fix.length > 0 || parameter.allowed !== undefined) return fix;
  }
  const text = unit === 'percent' && isWrittenWithSign(action, context) ? `${safe}%` : `${safe}`;
  const edit = figure === undefined ? missing(text, subject) : written(figure.span, text, context);
  if (edit === undefined) return [];
  const kept = tightest(context.whatIf.lowest(index, unit === 'percent' ? safe * 1000 : safe, unit), subject);
  const figures = kept === undefined ? '' : ` (${kept.subsystem} keeps ${kept.worst}, minimum ${kept.minimum})`;
  const title = `Use ${safe}${unit === 'percent' ? ' %' : ''}, the ${kind}${figures}`;
  const edits = [edit, ...intendedToo(text, subject)];
  const said = unit === 'servers' ? withName(edits, [most, safe], context) : edits;
  return [{ title, preferred: true, spelling: false, edits: said }];
}

/** What stands before the sign of `{{ pct }}%` is a percentage, though a count might take its place. */
function inUnitOf(
  figure: Placed<Amount> | undefined,
  found: SafeFigure,
  { action, index, context }: Subject,
): SafeFigure {
  if (found.unit === 'percent' || figure?.value.unit !== 'percent') return found;
  return { value: safePercent(action, index, context), unit: 'percent', kind: kindOf(action, 'percent') };
}

/** The number that stands there is another one: of `sed -n 3,6p`, four lines, the six. */
function isOtherwise(figure: Placed<Amount> | undefined, { text }: FixContext): boolean {
  if (figure?.value.unit !== 'servers') return false;
  const typed = text.slice(figure.span.start, figure.span.end);
  return /^\d+$/.test(typed) && Number(typed) !== figure.value.value;
}

/** Where a variable of the script is the figure, what it is given; the figure itself where that does not help. */
function written(span: Edit['span'], newText: string, context: FixContext): Edit {
  const assigned = assignedTo(span, context);
  return assigned !== undefined && context.mends([{ span: assigned, newText }])
    ? { span: assigned, newText }
    : { span, newText };
}

/** The intent says the typed figure too: with another one it would be its opposite. */
function intendedToo(text: string, { action, most, context }: Subject): readonly Edit[] {
  const count = context.step?.intent?.count;
  if (rolls(action) || count === undefined || count.uses.length > 0) return [];
  return count.value?.unit === 'servers' && count.value.value === most ? [{ span: count.span, newText: text }] : [];
}

function isWrittenWithSign(action: Action, context: FixContext): boolean {
  const place = figureOf(action)?.span;
  if (place === undefined) return false;
  const word = action.command?.words.find(({ span }) => span.start <= place.start && place.start < span.end);
  // How many go at once may be a word of the command that carries this one.
  const { start, end } = assignedTo(place, context) ?? place;
  return (word?.value ?? context.text.slice(start, end)).endsWith('%');
}

/** Where nothing says how many, the figure has to be added. */
function missing(text: string, { action, context }: Subject): Edit | undefined {
  if (action.command !== undefined)
    return (
      writtenOption(action, action.command, text) ?? (rolls(action) ? writtenFanOut(action, text, context) : undefined)
    );
  return rolls(action) && action.amount === undefined ? insertedBatch(text, context) : undefined;
}

/** Of the subsystems that the action touches, the one that comes closest to its minimum. */
function tightest(all: readonly Kept[], { index, context }: Subject): Kept | undefined {
  const touched = context.outcome?.actions[index]?.touches ?? [];
  const [first] = all
    .filter(({ subsystem }) => touched.includes(subsystem))
    .toSorted((a, b) => a.worst - a.minimum - (b.worst - b.minimum));
  return first;
}

/** Only of digits that stand in the text: a percentage, a word or a variable is no slip of the key. */
function meantFix({ action, index, most, context }: Subject): readonly Fix[] {
  const figure = figureOf(action);
  if (figure === undefined || context.text.slice(figure.span.start, figure.span.end) !== `${most}`) return [];
  const meant = meantFigure(most, context, (servers) => context.whatIf.clears(index, servers));
  const percent = [{ span: figure.span, newText: `${most}%` }];
  const all = [
    ...(meant === undefined ? [] : [[{ span: figure.span, newText: `${meant}` }]]),
    ...(mayBePercent(action, most, figure.span, context) && context.mends(percent) ? [percent] : []),
  ];
  return all.map((edits) => ({
    title: `Did you mean ${edits[0]?.newText}?`,
    preferred: false,
    spelling: false,
    edits,
  }));
}

/** A round number where a percent may stand as well: its sign may have been left out. */
function mayBePercent({ command }: Action, most: number, { start }: Edit['span'], { text }: FixContext): boolean {
  const takesPercent =
    command === undefined || /(?:unavailable|concurrency|batch|batch-size|-b)[ =]$/.test(text.slice(0, start));
  return takesPercent && most % 5 === 0 && most <= 100;
}
