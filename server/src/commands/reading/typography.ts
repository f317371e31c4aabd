import type { Obstacle } from '../action.ts';
import { type Field, placeOf } from '../shell/words/field.ts';

/** What word processors make of quotes and of hyphens, which a shell hands on as letters. */
const quotes = /[\u201C\u201D\u201E\u2018\u2019\u201A]/;
const dash = /^[\u2013\u2014]/;

/** A word that begins with a quote or a dash of print, as it comes from a page. */
export function typographic(words: readonly Field[]): Obstacle | undefined {
  for (const field of words) {
    const { value = '', quoted } = field;
    const isDash = dash.test(value);
    if (quoted || (!isDash && !quotes.test(value[0] ?? ''))) continue;
    const plain = value.slice(1);
    const meant = isDash
      ? `${plain.length > 1 ? '--' : '-'}${plain}`
      : `"${plain.replace(new RegExp(quotes, 'g'), '')}"`;
    const what = isDash
      ? 'begins with a dash of print, which is a letter to the shell'
      : 'stands in quotes of print, which are letters to the shell';
    return {
      span: placeOf(field),
      why: `\`${value}\` ${what}`,
      advice: `Write \`${meant}\`.`,
    };
  }
  return undefined;
}
