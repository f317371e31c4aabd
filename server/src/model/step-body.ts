import type { Entry, Mapping, Node } from '../syntax/tree.ts';
import { nearest } from './nearest.ts';
import type { ParameterValues } from './parameters.ts';
import { parseAmount, parseBatch, parseCount, parseDuration, parsePositive, parseUnits } from './quantity.ts';
import { leafOf, mappingOf, type Reader, reader, textLeaf, valueAt } from './read-leaf.ts';
import type { Step, StepBody, StepKind, Target } from './runbook.ts';
import { joinedLine } from './schema/joined-lines.ts';
import { synonym } from './schema/synonyms.ts';
import { isTold, readTarget, targetKeys } from './target.ts';

/** Reads an inner step. */
type ReadInner = (node: Node) => Step;

/** What a step does, from the value of its verb; `broken` where it cannot be judged as it is written. */
export function readBody(
  verb: StepKind,
  value: Node | undefined,
  values: ParameterValues,
  readInner: ReadInner,
): StepBody {
  const read = reader(values);
  const body = value === undefined ? undefined : bodyOf(verb, value, read, readInner);
  return body === undefined || read.malformed
    ? { kind: 'broken', tried: verb, target: targetIn(verb, value, values) }
    : body;
}

/** The servers that a step means which cannot be judged for another reason. */
function targetIn(verb: StepKind, value: Node | undefined, values: ParameterValues): Target | undefined {
  const acts = verb === 'remove' || verb === 'restore' || verb === 'restart' || verb === 'replace' || verb === 'scale';
  return acts && value?.kind === 'mapping' ? readTarget(value, reader(values)) : undefined;
}

function bodyOf(verb: StepKind, value: Node, read: Reader, readInner: ReadInner): StepBody | undefined {
  switch (verb) {
    case 'run':
      return value.kind === 'scalar' && !value.damaged && value.style !== 'empty' && joinedLine(value) === undefined
        ? { kind: 'run', script: value }
        : undefined;
    case 'remove':
      return readRemove(value, read);
    case 'restore':
      return readRestore(value, read);
    case 'restart':
    case 'replace':
      return readRestart(verb, value, read);
    case 'scale':
      return readScale(value, read);
    case 'wait':
      return { kind: 'wait', duration: leafOf(value, read, parseDuration) };
    case 'check':
      return readCheck(value, read);
    case 'manual':
      return { kind: 'manual', text: textLeaf(value, read) };
    case 'parallel':
      return value.kind === 'sequence' ? { kind: 'parallel', steps: value.items.map(readInner) } : undefined;
    case 'repeat':
      return readRepeat(value, read, readInner);
  }
}

/** The target of a verb's mapping; undefined where it says none, or where a key is a slip or another word for one that would narrow it. */
function targetOf(mapping: Mapping | undefined, read: Reader, more: readonly string[]): Target | undefined {
  if (mapping === undefined) return undefined;
  const target = readTarget(mapping, read);
  return isTold(target) && !hasSlip(mapping, more) ? target : undefined;
}

const targetWords: ReadonlySet<string> = new Set(targetKeys);

function hasSlip({ entries }: Mapping, more: readonly string[]): boolean {
  const isStrange = ({ key }: Entry) => !targetWords.has(key.value) && !more.includes(key.value);
  const strange = entries.filter(isStrange);
  if (strange.length === 0) return false;
  const free = [...targetKeys, ...more].filter((key) => !entries.some((entry) => entry.key.value === key));
  return strange.some(({ key, value }) => (synonym(key.value, value, free) ?? nearest(key.value, free)) !== undefined);
}

function readRemove(value: Node, read: Reader): StepBody | undefined {
  const mapping = mappingOf(value, read);
  const target = targetOf(mapping, read, ['count', 'batch', 'pause']);
  const count = leafOf(valueAt(mapping, 'count', read), read, parseAmount);
  if (target === undefined || (count === undefined && target.hosts === undefined)) return undefined;
  return { kind: 'remove', target, count, ...readPace(mapping, read) };
}

function readPace(mapping: Mapping | undefined, read: Reader) {
  return {
    batch: leafOf(valueAt(mapping, 'batch', read), read, parseBatch),
    pause: leafOf(valueAt(mapping, 'pause', read), read, parseDuration),
  };
}

function readRestore(value: Node, read: Reader): StepBody | undefined {
  if (value.kind === 'scalar')
    return { kind: 'restore', step: textLeaf(value, read), target: undefined, count: undefined };
  const mapping = mappingOf(value, read);
  const target = targetOf(mapping, read, ['count']);
  const count = leafOf(valueAt(mapping, 'count', read), read, parseAmount);
  return target && { kind: 'restore', step: undefined, target, count };
}

function readRestart(kind: 'restart' | 'replace', value: Node, read: Reader): StepBody | undefined {
  const mapping = mappingOf(value, read);
  const surge = kind === 'replace' ? ['surge'] : [];
  const target = targetOf(mapping, read, ['count', 'batch', 'pause', 'takes', ...surge]);
  if (target === undefined) return undefined;
  return {
    kind,
    target,
    count: leafOf(valueAt(mapping, 'count', read), read, parseAmount),
    ...readPace(mapping, read),
    takes: leafOf(valueAt(mapping, 'takes', read), read, parseDuration),
    surge: kind === 'replace' && (leafOf(valueAt(mapping, 'surge', read), read, parseFlag)?.value ?? false),
  };
}

/** `true` or `false`; undefined where it is neither. */
export function parseFlag(text: string): boolean | undefined {
  if (text === 'true') return true;
  return text === 'false' ? false : undefined;
}

function readScale(value: Node, read: Reader): StepBody | undefined {
  const mapping = mappingOf(value, read);
  const target = targetOf(mapping, read, ['to']);
  const to = leafOf(valueAt(mapping, 'to', read), read, parseCount);
  return target && to && { kind: 'scale', target, to };
}

/** A check changes nothing, so that what cannot be read of it is left out. */
function readCheck(value: Node, read: Reader): StepBody {
  if (value.kind === 'scalar') {
    return { kind: 'check', text: textLeaf(value, read), subsystem: undefined, atLeast: undefined };
  }
  const mapping = mappingOf(value, read);
  const subsystem = textLeaf(valueAt(mapping, 'subsystem', read), read);
  const atLeast = leafOf(valueAt(mapping, 'atLeast', read), read, parseUnits);
  return { kind: 'check', text: undefined, subsystem, atLeast };
}

function readRepeat(value: Node, read: Reader, readInner: ReadInner): StepBody | undefined {
  const mapping = mappingOf(value, read);
  const times = leafOf(valueAt(mapping, 'times', read), read, parsePositive);
  const steps = valueAt(mapping, 'steps', read);
  if (times === undefined || steps?.kind !== 'sequence') return undefined;
  return { kind: 'repeat', times, steps: steps.items.map(readInner) };
}
