// What the bench measures, in its order: a section is an import and a place in this list. It has a name, a title, and
// measure({ call, quick }), which answers in Markdown: { text, goals }. `call(name, ...given)` is a function of
// tests/bench/bench.ts.

import { bound } from './bound.mjs';
import { colour } from './colour.mjs';
import { ideal } from './ideal.mjs';
import { limits } from './limits.mjs';
import { load } from './load.mjs';
import { local } from './local.mjs';
import { memory } from './memory.mjs';
import { peers } from './peers.mjs';
import { played } from './played.mjs';
import { roofline } from './roofline.mjs';
import { samplers } from './samplers.mjs';
import { scale } from './scale.mjs';
import { steps } from './steps.mjs';
import { wiener } from './wiener.mjs';

export const sections = [
  steps,
  peers,
  roofline,
  colour,
  scale,
  samplers,
  limits,
  ideal,
  local,
  wiener,
  played,
  bound,
  memory,
  load,
];
