/** A .wgsl file as vite/wgsl.ts makes it: the code to run, and where its uniforms lie in memory. */
export interface Wgsl {
  /** The files that it needs, by its `// needs …` line. */
  readonly needs: readonly Wgsl[];
  /** WGSL extensions, which the device must have. */
  readonly enable: readonly string[];
  readonly code: string;
  /** Every `var<uniform>` by its name: a struct, whose types are WGSL's own. */
  readonly uniforms: Readonly<Record<string, Layout>>;
}

export interface Layout {
  readonly binding: number;
  /** In bytes. */
  readonly size: number;
  readonly fields: Readonly<Record<string, Field>>;
}

/** Scalars, one or several: a column of three in a matrix takes the place of four. */
export interface Field {
  /** In bytes. */
  readonly offset: number;
  readonly type: 'f32' | 'i32' | 'u32';
  readonly length: number;
}

/** Files and all that they need, each once and after what it needs itself. */
export function withNeeds(files: readonly Wgsl[], found = new Set<Wgsl>()): Set<Wgsl> {
  for (const file of files) {
    withNeeds(file.needs, found);
    found.add(file);
  }
  return found;
}

/** The whole of a module. */
export function moduleCode(files: readonly Wgsl[]): string {
  const all = [...withNeeds(files)];
  const extensions = new Set(all.flatMap(({ enable }) => enable));
  return [...[...extensions].map((name) => `enable ${name};`), ...all.map(({ code }) => code)].join('\n');
}

/** The layout of the `var<uniform>` at a binding, of whichever file has it. */
export const uniformAt = (files: readonly Wgsl[], binding: number): Layout | undefined =>
  [...withNeeds(files)].flatMap(({ uniforms }) => Object.values(uniforms)).find((u) => u.binding === binding);
