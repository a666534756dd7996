/** Reference figures made wrong, one by one: a check that does not notice checks nothing. */

export type Path = readonly (string | number)[];

/** Where the numbers are that a check must look at: of every list the last. */
export function leaves(node: unknown, path: Path = []): Path[] {
  if (typeof node === 'number') return [path];
  if (typeof node !== 'object' || node === null) return [];
  if (!Array.isArray(node))
    return Object.entries(node).flatMap(([key, value]) => leaves(value, [...path, key]));
  return node.length > 0 ? leaves(node.at(-1), [...path, node.length - 1]) : [];
}

/** A copy with the number at the path moved by a hundredth. */
export function spoilt<File extends object>(file: File, path: Path): File {
  const copy = structuredClone(file);
  const [last, ...before] = path.toReversed();
  const parent = before.reduceRight<Record<string, unknown>>(
    (node, key) => node[key] as Record<string, unknown>,
    copy as Record<string, unknown>,
  );
  const value = parent[last as string] as number;
  parent[last as string] = value + 0.01 * Math.max(1, Math.abs(value));
  return copy;
}
