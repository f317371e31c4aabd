import type { Analysis } from '../lint/analysis.ts';
import { type FileKind, fileKind } from '../model/file-kind.ts';
import type { EditorWishes } from './editor-wishes.ts';

/** What decided on a file's kind; `nothing` where the file is none of ours. */
export type Decided = 'name' | 'setting' | 'content' | 'reference' | 'nothing';

/** What a file is, and what says so: its name, the editor, its text, or a fleet that named it when it was analysed last. */
export function kindOf(
  uri: string,
  text: string,
  editor: (uri: string) => EditorWishes,
  last?: Analysis | undefined,
): { readonly kind: FileKind; readonly by: Decided } {
  const byName = fileKind(uri, '');
  if (byName !== 'other') return { kind: byName, by: 'name' };
  const wished = editor(uri).kind;
  if (wished !== undefined) return { kind: wished, by: 'setting' };
  const byContent = fileKind(uri, text);
  if (byContent !== 'other') return { kind: byContent, by: 'content' };
  return last?.kind === 'commands' ? { kind: 'commands', by: 'reference' } : { kind: 'other', by: 'nothing' };
}
