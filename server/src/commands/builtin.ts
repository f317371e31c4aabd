import type { CommandTool } from '../model/commands.ts';

/**
 * Tools that every fleet knows, declared in the format that users have for their own.
 * What a user declares for the same tool and verb stands before them. None is declared so far.
 */
export const builtinTools: readonly CommandTool[] = [];
