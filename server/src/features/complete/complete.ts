import type { Analysis } from '../../lint/analysis.ts';
import { type Form, keyDocAt, keyDocs, valueDocs, yamlOf } from '../../model/schema/docs.ts';
import { timeZones } from '../../model/time-zone.ts';
import { lineEnd, lineStart } from '../../syntax/line-start.ts';
import { describeKey } from '../describe/key.ts';
import { scriptAt } from '../steps/script-at.ts';
import { stepAt } from '../steps/steps.ts';
import { completeCommand } from './command.ts';
import { type Completion, completionOf, type Offer } from './completion.ts';
import { countOffers, isCountKey } from './counts.ts';
import { type Area, type Cursor, cursorAt } from './cursor.ts';
import { keyNamesFor, namesFor } from './offers.ts';
import { snippetsAt } from './snippets.ts';
import { completeByText } from './text.ts';

/**
 * What can stand at an offset. Works on broken text: it reads the lines around the cursor, and the tree only for commands.
 * `paths` are files nearby, as the file would write them, for the keys that name files.
 */
export function completionsAt(
  analysis: Analysis,
  offset: number,
  paths: readonly string[] = [],
): readonly Completion[] {
  const byText = completeByText(analysis, offset);
  if (byText !== undefined) return byText;
  if (analysis.kind === 'runbook') {
    const script = scriptAt(analysis, offset);
    if (script !== undefined) return completeCommand(analysis, script);
  }
  const cursor = cursorAt(analysis.text, offset, areaAround(analysis, offset));
  if (cursor === undefined) return [];
  if (cursor.key !== undefined) return values(analysis, cursor, cursor.key, paths);
  const found = keys(analysis, cursor);
  // An item of a list that has no keys is a value of the list's own key.
  const list = cursor.path.at(-1) === '[]' ? cursor.path.at(-2) : undefined;
  if (found.length > 0 || list === undefined) return found;
  return values(analysis, { ...cursor, path: cursor.path.slice(0, -2) }, list, paths);
}

/** Of a runbook the step that the offset is in, or what stands before the steps. */
function areaAround(analysis: Analysis, offset: number): Area | undefined {
  if (analysis.kind !== 'runbook') return undefined;
  const { steps, text, root } = analysis;
  const rootKeys = root?.kind === 'mapping' ? root.entries.map(({ key }) => key.value) : [];
  const index = stepAt(analysis, offset)?.path[0];
  const [first] = steps;
  if (index === undefined) {
    return first && { start: 0, end: lineStart(text, first.offset), path: [], rootKeys };
  }
  const start = lineStart(text, steps[index]?.offset ?? 0);
  // Steps in brackets have no lines of their own.
  if (!/^(?:[ \t]*(?:#.*)?(?:\r\n|\n|\r))*[ \t]*-/.test(text.slice(start, steps[index]?.span.start))) return undefined;
  return { start, end: steps[index + 1]?.offset ?? text.length, path: ['steps'], rootKeys };
}

function keys(analysis: Analysis, cursor: Cursor): readonly Completion[] {
  const isFree = (key: string) => !cursor.present.has(key) || key === cursor.typed;
  const docs = keyDocs(analysis.kind, cursor.path).filter(({ key }) => isFree(key));
  const names = keyNamesFor(analysis, cursor.path).filter(({ label }) => isFree(label));
  const colon = /^[ \t]*:/.test(analysis.text.slice(cursor.replace.end, lineEnd(analysis.text, cursor.replace.end)))
    ? ''
    : ':';
  return [
    ...names.map((offer, i) => ({
      ...completionOf(offer, cursor.replace, i),
      newText: `${offer.label}${colon === '' ? '' : ': '}`,
    })),
    ...docs.map((doc, i): Completion => {
      const { key, required, form } = doc;
      const detail = required ? 'required' : undefined;
      const offer: Offer = { label: key, kind: 'key', detail, documentation: describeKey(doc) };
      const newText = `${key}${colon}${colon !== '' && (form === 'scalar' || cursor.flow) ? ' ' : ''}`;
      const goesOn = goingOn(analysis, cursor, key, form);
      return { ...completionOf(offer, cursor.replace, i, required ? 0 : 1), newText, goesOn };
    }),
    ...snippetsAt(analysis.kind, cursor),
  ];
}

/** Up to where the value of a key is typed; undefined where nothing can be offered for it. */
function goingOn(analysis: Analysis, cursor: Cursor, key: string, form: Form): string | undefined {
  const { end } = cursor.replace;
  const path = [...cursor.path, key];
  if (/\S/.test(analysis.text.slice(end, lineEnd(analysis.text, end)))) return undefined;
  if (form === 'scalar') {
    const next = {
      ...cursor,
      key,
      present: new Set<string>(),
      typed: '',
      quote: undefined,
      replace: { start: end, end },
    };
    return key === 'run' || values(analysis, next, key, []).length > 0 ? '' : undefined;
  }
  const inside = form === 'list' ? [...path, '[]'] : path;
  if (cursor.flow || keyDocs(analysis.kind, inside).length + keyNamesFor(analysis, inside).length === 0)
    return undefined;
  return `\n${' '.repeat(cursor.column + 2)}${form === 'list' ? '- ' : ''}`;
}

/** The kind of file that the value at an offset names; undefined where it names none. */
export function fileKindAt(analysis: Analysis, offset: number): 'fleet' | 'commands' | undefined {
  if (analysis.kind !== 'runbook' && analysis.kind !== 'fleet') return undefined;
  const cursor = cursorAt(analysis.text, offset, areaAround(analysis, offset));
  const key = cursor?.key ?? (cursor?.path.at(-1) === '[]' ? cursor.path.at(-2) : undefined);
  if (analysis.kind === 'runbook') return key === 'fleet' && (cursor?.path.length ?? 0) <= 2 ? 'fleet' : undefined;
  return key === 'commandFiles' ? 'commands' : undefined;
}

/** What a length of time or the hours look like, and the time zones that there are. */
function moments({ kind }: Analysis, path: readonly string[]): readonly Offer[] {
  if (path.at(-1) === 'timezone') return timeZones().map((label) => ({ label, kind: 'value', detail: undefined }));
  const examples =
    keyDocAt(kind, path)?.examples.filter((one) => /^(?:\d+[smhd])+$|^[A-Z][a-z]{2}\b.*\d$/.test(one)) ?? [];
  return examples.map((label) => ({ label, kind: 'value', detail: 'for example' }));
}

function values(analysis: Analysis, cursor: Cursor, key: string, paths: readonly string[]): readonly Completion[] {
  const path = [...cursor.path, key];
  const files = paths.map((one): Offer => ({ label: one, kind: 'name', detail: undefined }));
  const fixed = valueDocs(analysis.kind, path).map(
    ({ value, description }): Offer => ({
      label: value,
      kind: 'value',
      detail: description,
      ...(description === undefined ? {} : { documentation: description }),
    }),
  );
  const isFigure = analysis.kind === 'runbook' && path.includes('steps') && isCountKey(key);
  const counts = isFigure ? countOffers(analysis, key, cursor.replace) : [];
  const { replace, flow } = cursor;
  const { text } = analysis;
  const before = text[replace.start - 1];
  const isQuoted = cursor.quote !== undefined;
  const isBehind = before === ']' || before === '}';
  const isClosed = (before === '"' || before === "'") && !isQuoted;
  // There is a value already, before or behind the cursor.
  if (
    isBehind ||
    isClosed ||
    (before === ':' && /^[ \t]+[^\s,}\]#]/.test(text.slice(replace.end, lineEnd(text, replace.end))))
  )
    return [];
  if (replace.start === replace.end && /[[{"']/.test(text[replace.end] ?? '') && !isQuoted) return [];
  const names = namesFor(analysis, path, cursor.typed).filter(({ label }) => !cursor.listed.has(label));
  return [...files, ...counts, ...names, ...fixed, ...moments(analysis, path)].map((offer, i) => {
    const value = isQuoted ? offer.label : yamlOf(offer.label, flow);
    return { ...completionOf(offer, replace, i), newText: before === ':' ? ` ${value}` : value };
  });
}
