/** Types of tokens in the words of the protocol, so that every theme has a colour for them. */
export const tokenTypes = [
  ...(['class', 'namespace', 'variable', 'enumMember', 'property', 'parameter'] as const),
  ...(['event', 'function', 'keyword', 'number', 'type'] as const),
] as const;

export type TokenType = (typeof tokenTypes)[number];

/** A token has the first where it declares its name, the second where it is the word that changes capacity. */
export const tokenModifiers = ['declaration', 'modification'] as const;
