import type { ErrorCode, YAMLError } from 'yaml';

/** A mistake that the YAML library found, in plain words. */
export function describeMistake({ code, message }: YAMLError, text: string): string {
  const words = plainWords[code];
  if (code === 'MISSING_CHAR') return missingChar(message, text);
  return words ?? 'This is not valid YAML. Check the indentation, the colons and the quotes around it.';
}

const plainWords: Partial<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'An alias cannot have a tag or an anchor of its own. Remove one of the two.',
  BAD_ALIAS: 'This is not the name of an anchor. Put the value in quotes if it is meant to start with `*`.',
  BAD_COLLECTION_TYPE: 'The tag does not fit the value. Remove the tag.',
  BAD_DIRECTIVE: 'This directive is not known. Remove the line.',
  BAD_DQ_ESCAPE: 'This escape is not known inside double quotes. Write `\\\\` for a backslash, or use single quotes.',
  BAD_INDENT:
    'The indentation does not fit the lines above. Put the line under the key or the dash that it belongs to.',
  BAD_PROP_ORDER: 'An anchor or a tag has to stand right before its value.',
  BAD_SCALAR_START: 'A value cannot start with this character. Put the value in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'A value that holds `: ` has to be in quotes, so that it is not taken for another key.',
  BLOCK_IN_FLOW: 'A block cannot stand inside brackets. Write the value in quotes.',
  DUPLICATE_KEY: 'This key stands here twice.',
  KEY_OVER_1024_CHARS: 'The colon of a key has to stand within 1 024 characters.',
  MULTILINE_IMPLICIT_KEY: 'A key has to stand on one line, with its colon.',
  MULTIPLE_ANCHORS: 'A value can have one anchor. Remove the other.',
  MULTIPLE_DOCS: 'A file holds one document. Move what follows `---` to a file of its own.',
  MULTIPLE_TAGS: 'A value can have one tag. Remove the other.',
  TAB_AS_INDENT: 'A tab cannot indent YAML. Use spaces.',
  TAG_RESOLVE_FAILED: 'This tag is not known. Remove it; every value is read as text and typed by its key.',
  UNEXPECTED_TOKEN: 'This cannot stand here. Put the value in quotes if it belongs to it.',
};

function missingChar(message: string, text: string): string {
  if (/quote/.test(message))
    return 'The quote that starts this value is not closed. Close it before the end of the line.';
  if (/\}/.test(message)) return 'The brace `{` is not closed. Add a `}`.';
  if (/\]/.test(message)) return 'The bracket `[` is not closed. Add a `]`.';
  if (/:/.test(message) && text !== '') return 'A colon and a space are missing after this key.';
  return 'Something is missing here: a colon after a key, a comma between items, or a closing bracket.';
}
