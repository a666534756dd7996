/** A .wgsl file as vite/wgsl.ts makes it: the code to run, and where its uniforms lie in memory. */
export interface Wgsl {
  readonly code: string;
  /** Every `var<uniform>` by its name: a struct, whose types are WGSL's own. */
  readonly uniforms: Readonly<Record<string, Layout>>;
}

export interface Layout {
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
