import { element } from './dom.ts';
import { belowText, rangeText } from './figures.ts';
import type { Subsystem, Timeline } from './model.ts';
import { stepCount, stepNumber } from './step-number.ts';
import { fill, type Words } from './words.ts';

/** What is shown beside the mouse: a step, and its figures for one subsystem. */
export interface Tip {
  readonly element: HTMLElement;
  show(timeline: Timeline, step: number, subsystem: Subsystem | undefined, at: MouseEvent): void;
  hide(): void;
}

/** Not read out: the same is in the marked step's words and in the table. */
export function tipOf(words: () => Words): Tip {
  const made = element('div', { class: 'tip', 'aria-hidden': 'true', hidden: true });
  return {
    element: made,
    show(timeline, step, subsystem, { clientX, clientY }) {
      const its = subsystem?.figures[step];
      const said = words();
      const { steps } = timeline;
      const name = steps[step]?.name ?? '';
      const lines = [element('strong', {}, fill(said.step, stepNumber(steps[step]), stepCount(steps), name))];
      if (subsystem !== undefined && its !== undefined) {
        const { before, lowest, after, minimum } = its;
        const figures = [
          `${said.before} ${rangeText(before)}`,
          `${said.lowest} ${rangeText(lowest)}`,
          `${said.after} ${rangeText(after)}`,
        ];
        const below = belowText(its, said);
        const end = below === undefined ? '' : ` ▼ ${below}`;
        lines.push(element('strong', {}, subsystem.name));
        made.replaceChildren(
          ...lines.flatMap((line) => [line, element('br')]),
          figures.join(' · '),
          element('br'),
          fill(said.minimum, minimum) + end,
        );
      } else made.replaceChildren(...lines);
      made.hidden = false;
      const { width, height } = made.getBoundingClientRect();
      const left = Math.max(4, Math.min(clientX + 12, innerWidth - width - 4));
      const top = clientY + height + 18 > innerHeight ? Math.max(4, clientY - height - 8) : clientY + 16;
      made.style.transform = `translate(${left}px, ${top}px)`;
    },
    hide() {
      made.hidden = true;
    },
  };
}
