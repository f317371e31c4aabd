import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the source, by its path from the folder that was asked for, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The TypeScript below a folder of the repository, without what is generated. */
export function sourceFiles(folder: string): readonly SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !path.includes('/generated/'))
    .map((path) => ({ path, text: readFileSync(join(root, folder, path), 'utf8') }));
}

/** Every module that a file imports or exports from, dynamically and in types too. */
export function importsOf({ text }: SourceFile): readonly string[] {
  const statement = /^(?:import|export)\b(?:[^;']*?\bfrom)?\s*'([^']+)'|\bimport\(\s*'([^']+)'/gm;
  return [...withoutComments(text).matchAll(statement)].map((found) => found[1] ?? found[2] ?? '');
}

/** The files that a file imports, by their paths from the same folder. */
export function targetsOf(file: SourceFile): readonly string[] {
  return importsOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => join(file.path, '..', specifier).split(sep).join('/'));
}

/** The packages that a file imports. */
export function packagesOf(file: SourceFile): readonly string[] {
  return importsOf(file).filter((specifier) => !specifier.startsWith('.'));
}

/** One circle for each that there is, as the names that one comes by. */
export function circlesIn(targets: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const circleFrom = (name: string, above: readonly string[]): readonly string[] | undefined => {
    if (above.includes(name)) return [...above.slice(above.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const target of targets.get(name) ?? []) {
      const circle = circleFrom(target, [...above, name]);
      if (circle !== undefined) return circle;
    }
    done.add(name);
    return undefined;
  };
  return [...targets.keys()].flatMap((name) => circleFrom(name, []) ?? []);
}

/** The code alone. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
