import assert from 'node:assert/strict';
import { isInside, type Position, type Range } from './client-text.ts';
import type { RawAnswer } from './raw-client.ts';

/** A finding as a client is told of it. */
export interface Told {
  readonly code: string;
  readonly message: string;
  readonly severity: number;
  readonly range: Range;
}

export function itemsOf({ result }: RawAnswer): readonly Told[] {
  return Object(result).items ?? [];
}

/** What a well-formed request may fail with: a rename that is refused says why. */
export function checkError(method: string, params: object, { error }: RawAnswer): void {
  if (error === undefined) return;
  const isRefusal = /[rR]ename$/.test(method) && error.code === -32600 && error.message.endsWith('.');
  assert.ok(isRefusal, `${method} ${JSON.stringify(params)}: ${JSON.stringify(error)}`);
}

/** Every range and position in an answer lies in the text that it is about; `uri` is the one that was asked about. */
export function checkRanges(
  method: string,
  value: unknown,
  uri: string,
  textOf: (uri: string) => string | undefined,
): void {
  if (Array.isArray(value)) {
    for (const item of value) checkRanges(method, item, uri, textOf);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const given: Readonly<Record<string, unknown>> = { ...value };
  const named = [given.uri, given.targetUri, Object(given.textDocument).uri].find((one) => typeof one === 'string');
  const own = String(named ?? uri);
  const text = textOf(own);
  if (text !== undefined && isPosition(given))
    assert.ok(isInside(text, given), `${method}: ${JSON.stringify(given)} is not in ${JSON.stringify(text)}`);
  if (isRange(given)) assert.ok(!isBefore(given.end, given.start), `${method}: ${JSON.stringify(given)} is reversed`);
  for (const [key, inner] of Object.entries(given)) if (key !== 'data') checkRanges(method, inner, own, textOf);
}

function isPosition(value: unknown): value is Position {
  return typeof Object(value).line === 'number' && typeof Object(value).character === 'number';
}

function isRange(value: unknown): value is Range {
  return isPosition(Object(value).start) && isPosition(Object(value).end);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
