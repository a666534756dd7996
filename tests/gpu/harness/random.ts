import { normalFromBits } from '../../../src/diffusion/normal.ts';
import type { Words } from '../../../src/diffusion/random.ts';
import { Kernel } from '../../../src/gpu/kernel.ts';
import { compile } from '../../../src/gpu/pipeline.ts';
import { download, gpu, upload } from './device.ts';
import random from './random.wgsl';

export interface Draw {
  readonly key: Words;
  readonly counter: Words;
}

/** What the shader's functions make of a draw. */
export interface Drawn {
  /** threefry2x32(key, counter) */
  readonly words: Words;
  /** randomBits(key, counter[1]) */
  readonly bits: number;
  /** uniformFromBits(counter[0]), as a bit pattern. */
  readonly uniformBits: number;
  /** The normal of that uniform. */
  readonly normal: number;
}

/** Key and counter. */
const WORDS_PER_DRAW = 4;
/** Five, padded to the alignment of WGSL's vec2u. */
const WORDS_PER_DRAWN = 6;

/** Runs random.wgsl on its draws, as words; `at(i)` then reads what became of draw i. */
async function drawWords(words: Uint32Array<ArrayBuffer>): Promise<(i: number) => Drawn> {
  const count = words.length / WORDS_PER_DRAW;
  const compiled = await compile(gpu, {
    label: 'random numbers under test',
    sources: [random],
    bindings: ['read', 'write'],
  });
  const input = upload('draws', words);
  const output = upload('drawn', new Uint32Array(WORDS_PER_DRAWN * count));
  const kernel = new Kernel(compiled, [input, output], count);
  const floats = await download(output, (encoder) => {
    const pass = encoder.beginComputePass();
    kernel.encode(pass);
    pass.end();
  });
  gpu.release(input, output);
  const drawn = new Uint32Array(floats.buffer);
  return (i) => {
    const word = (k: number) => drawn[WORDS_PER_DRAWN * i + k] as number;
    const normal = floats[WORDS_PER_DRAWN * i + 4] as number;
    return { words: [word(0), word(1)], bits: word(2), uniformBits: word(3), normal };
  };
}

export const draw = (draws: readonly Draw[]): Promise<Drawn[]> =>
  gpu.checked(async () => {
    const at = await drawWords(new Uint32Array(draws.flatMap(({ key, counter }) => [...key, ...counter])));
    return draws.map((_, i) => at(i));
  });

/** A normal is made of 23 bits. This draws all of them and returns the largest errors against the twin. */
export const everyNormal = (): Promise<{ centre: number; tails: number; count: number }> =>
  gpu.checked(async () => {
    const total = 2 ** 23;
    const chunk = 2 ** 20;
    const found = { centre: 0, tails: 0, count: 0 };
    for (let first = 0; first < total; first += chunk) {
      const words = new Uint32Array(WORDS_PER_DRAW * chunk);
      for (let i = 0; i < chunk; i++) words[WORDS_PER_DRAW * i + 2] = (first + i) << 9;
      const at = await drawWords(words);
      for (let i = 0; i < chunk; i++) {
        const expected = normalFromBits((first + i) << 9);
        const part = Math.abs(expected) <= 4 ? 'centre' : 'tails';
        found[part] = Math.max(found[part], Math.abs(at(i).normal - expected));
        found.count++;
      }
    }
    return found;
  });
