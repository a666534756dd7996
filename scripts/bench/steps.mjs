import { goal, stepsPerRound, table } from './table.mjs';

const FAST_GOAL = { hardware: 1.3, software: 1.8 };

export const steps = {
  name: 'steps',
  title: 'A step, and where its time goes',
  async measure({ call, quick, software }) {
    const rows = [];
    for (const side of quick ? [64, 128] : [256, 512, 1024, 2048]) {
      const times = await call('stepTimes', side, quick ? 2 : 5, stepsPerRound(side));
      rows.push([
        `${side}² RGB`,
        times.forwardMs.toFixed(3),
        times.reverseMs.toFixed(3),
        times.forwardGBs.toFixed(2),
        times.reverseGBs.toFixed(2),
      ]);
    }
    const sizes = table(['size', 'forward ms/step', 'reverse ms/step', 'forward GB/s', 'reverse GB/s'], rows);
    const side = quick ? 128 : 1024;
    const parts = await call('noiseParts', side, quick ? 2 : 9);
    const fast = parts.find(({ name }) => name === 'a·x + b·x_0 + s·z, fast').ofBare;
    const where = table(
      ['kernel', 'ms', 'of the bare step'],
      parts.map(({ name, ms, ofBare }) => [name, ms.toFixed(3), `${ofBare.toFixed(2)} ×`]),
    );
    const most = software ? FAST_GOAL.software : FAST_GOAL.hardware;
    return {
      text: `${sizes}\n\nAt ${side}² × 4, noise against bytes:\n\n${where}`,
      goals: [goal('a step with the fast noise, as a multiple of the bare one', fast, { most })],
    };
  },
};
