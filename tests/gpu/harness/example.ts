import { requestGpu, Trajectory } from '../../../src/index.ts';
import { cosine } from '../../../src/math.ts';

const gpu = await requestGpu();
const shape = { n: 1, c: 3, h: 64, w: 64 }; // NCHW
const source = Float32Array.from({ length: 3 * 64 * 64 }, (_, i) => Math.sin(i / 7));
const run = await Trajectory.create(gpu, { source, shape, schedule: cosine(100), seed: 1, start: 'forward' });
const x40 = await run.read(40); // x_40 of the forward run
const x0 = await run.read(run.last); // back at x_0
const same = x0.every((value, i) => value === source[i]);
console.log(x40, same);
run.release();
