import type { Colours } from './terminal.ts';

/** A page of Markdown as a terminal shows it: headings stand out, examples are set in, and the marks of Markdown are gone. */
export function pageText(markdown: string, colours: Colours): string {
  let isExample = false;
  const lines: string[] = [];
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) isExample = !isExample;
    else if (isExample) lines.push(line === '' ? '' : `    ${line}`);
    else lines.push(proseLine(line, colours));
  }
  return lines.join('\n');
}

function proseLine(line: string, colours: Colours): string {
  const heading = /^(#+) (.*)$/.exec(line);
  if (heading === null) return line.replace(/`[^`]+`/g, colours.blue);
  const words = heading[2] ?? '';
  return heading[1] === '#' ? colours.bold(colours.underline(words)) : colours.bold(words);
}
