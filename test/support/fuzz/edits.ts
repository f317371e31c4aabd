import assert from 'node:assert/strict';
import { memoryFiles } from '../memory-files.ts';
import type { Told } from './answers.ts';
import { positionOf, type TextChange, withChanges } from './client-text.ts';
import type { RawClient } from './raw-client.ts';
import { findingsOf, type World } from './world.ts';

interface DocumentEdit {
  readonly textDocument: { readonly uri: string };
  readonly edits: readonly TextChange[];
}

interface Action {
  readonly title: string;
  readonly diagnostics?: readonly Told[];
  readonly edit?: { readonly documentChanges?: readonly DocumentEdit[] };
}

const unreadable: ReadonlySet<string> = new Set(['syntax', 'schema', 'duplicate-key']);

/** Findings of which the actions are tried; the others are of the same kinds. */
const mostTried = 5;

/** Each action leaves a text that is read as well as before, and its finding is gone. */
export async function checkActions(client: RawClient, world: World, uri: string, told: readonly Told[]): Promise<void> {
  const text = world.open.get(uri)?.text ?? '';
  for (const finding of told.slice(0, mostTried)) {
    const params = { textDocument: { uri }, range: finding.range, context: { diagnostics: [finding] } };
    const { result } = await client.request('textDocument/codeAction', params).answer;
    const actions: readonly Action[] = Array.isArray(result) ? result : [];
    for (const { title, diagnostics, edit } of actions) {
      const edits = edit?.documentChanges?.flatMap((change) => change.edits) ?? [];
      if (edits.length === 0) continue;
      const after = withChanges(text, edits);
      const again = await findingsOf(world, uri, after);
      const list = again.map(({ code, message }) => `${code}: ${message}`).join('\n');
      const story = `${title}\nfor ${finding.code}: ${finding.message}\n${text}\n→\n${after}\n${list}`;
      assert.ok(countOf(again, finding) < countOf(told, finding), `still there: ${story}`);
      // Of a text that cannot be read, or where a finding is only hidden, others may come to light.
      const reveals = title.startsWith('Suppress') || diagnostics?.some(({ code }) => unreadable.has(code));
      if (!reveals) assert.ok(troubleIn(again) <= troubleIn(told), `worse: ${story}`);
    }
  }
}

function countOf(list: readonly Told[], { code, message }: Told): number {
  return list.filter((one) => one.code === code && one.message === message).length;
}

function troubleIn(list: readonly Told[]): number {
  return list.filter(({ code }) => unreadable.has(code)).length;
}

/** A name that no file has. */
const newName = 'renamed-9';

/** After a rename at the offset all files say the same of the new name as they said of the old one. */
export async function checkRename(client: RawClient, world: World, uri: string, offset: number): Promise<void> {
  const text = world.open.get(uri)?.text ?? '';
  const params = { textDocument: { uri }, position: positionOf(text, offset), newName };
  const { result } = await client.request('textDocument/rename', params).answer;
  const changes: readonly DocumentEdit[] = Object(result).documentChanges ?? [];
  if (changes.length === 0) return;
  const files = memoryFiles();
  for (const [file, content] of world.files.all()) files.write(file, content);
  const open = new Map(world.open);
  for (const { textDocument, edits } of changes) {
    const old = open.get(textDocument.uri);
    if (old !== undefined) open.set(textDocument.uri, { ...old, text: withChanges(old.text, edits) });
    else files.write(textDocument.uri, withChanges(world.files.all().get(textDocument.uri) ?? '', edits));
  }
  for (const one of open.keys()) {
    const kinds = (list: readonly Told[]) => list.map(({ code, severity }) => `${code} ${severity}`);
    const before = await findingsOf(world, one);
    const after = await findingsOf({ ...world, files, open }, one);
    const story = `${JSON.stringify(params)}\n${one}\n${text}\n→\n${open.get(uri)?.text}`;
    assert.deepEqual(kinds(after), kinds(before), story);
  }
}
