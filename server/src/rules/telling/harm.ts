import type { BrokenLimit } from '../rule.ts';

/** What comes of breaking a limit, as the end of a sentence: "takes index below its minimum". */
export function harmOf(limit: BrokenLimit, subsystem = 'a subsystem'): string {
  switch (limit) {
    case 'minimum':
      return `takes ${subsystem} below its minimum`;
    case 'rate':
      return `takes ${subsystem} out faster than the fleet allows`;
    case 'redundancy':
      return `leaves ${subsystem} unable to survive the loss that it must survive`;
    case 'zones':
      return `has servers of ${subsystem} out in too many zones at once`;
    case 'exceeds':
      return 'asks for more servers than there are';
  }
}
