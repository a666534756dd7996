/** `// needs ../grid.wgsl, patches.wgsl`: a line of a WGSL file that names, from where it stands, the files that it needs. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

const NEEDS = /^\/\/ needs ([\w./-]+\.wgsl(?:, [\w./-]+\.wgsl)*)$/;

/**
 * The files that a file names, in its order, as it names them.
 * @throws Error with the file and the line for one that is not there.
 */
export function needsOf(file: string): string[] {
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  return lines.flatMap((line, i) =>
    (NEEDS.exec(line)?.[1]?.split(', ') ?? []).map((name) => {
      if (!existsSync(resolve(dirname(file), name))) {
        throw new Error(`${named(file)}:${i + 1} needs ${name}, which is not there`);
      }
      return name;
    }),
  );
}

/**
 * A file and all that it needs, each once and after what it needs itself.
 * @throws Error with the whole way round where files need each other in a circle, and as `needsOf`.
 */
export function withNeeds(file: string): string[] {
  const found = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    const round = [...way, path];
    if (way.includes(path)) {
      throw new Error(`a circle: ${round.slice(way.indexOf(path)).map(named).join(' needs ')}`);
    }
    if (found.has(path)) return;
    for (const name of needsOf(path)) visit(resolve(dirname(path), name), round);
    found.add(path);
  };
  visit(resolve(file), []);
  return [...found];
}

const named = (path: string): string => relative('.', path);
