import type { BrokenLimit } from '../rule.ts';

/** What comes of breaking a limit, as the end of a sentence: "takes index below its minimum", or "may take" it there. */
export function harmOf(limit: BrokenLimit, subsystem = 'a subsystem', isCertain = true): string {
  const does = (certain: string, possible: string) => (isCertain ? certain : `may ${possible}`);
  switch (limit) {
    case 'minimum':
      return `${does('takes', 'take')} ${subsystem} below its minimum`;
    case 'rate':
      return `${does('takes', 'take')} ${subsystem} out faster than the fleet allows`;
    case 'redundancy':
      return `${does('leaves', 'leave')} ${subsystem} unable to survive the loss that it must survive`;
    case 'zones':
      return `${does('has', 'have')} servers of ${subsystem} out in too many zones at once`;
    case 'exceeds':
      return `${does('asks', 'ask')} for more servers than there are`;
  }
}
