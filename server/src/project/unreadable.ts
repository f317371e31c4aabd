import type { ReadResult } from './file-system.ts';

type Why = Extract<ReadResult, { why: string }>['why'];

const clauses: Readonly<Record<Why, string>> = {
  missing: 'there is no such file',
  'a folder': 'it is a folder',
  'not text': 'it is not text in UTF-8',
  'too large': 'it is too large',
  unreadable: 'it cannot be read',
};

/** Why a file cannot be used, as a clause to put into a sentence. */
export function whyNot(why: Why): string {
  return clauses[why];
}
