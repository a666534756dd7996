import { chain, lastPosition } from '../../src/diffusion/path.ts';
import { cosine } from '../../src/diffusion/schedule.ts';
import { type Shape, valueCount } from '../../src/passes/shape.ts';
import { pixels } from './data.ts';
import { expect, test } from './fixture.ts';

const shape: Shape = { n: 1, c: 3, h: 24, w: 17 };
const T = 100;
const last = lastPosition(chain(T));
const given = {
  shape,
  source: pixels(valueCount(shape)),
  schedule: cosine(T),
  seed: 11,
  start: 'forward',
} as const;

test('a state is the same bits, played or jumped to', async ({ gpu }) => {
  const found = await gpu.evaluate(
    ([given, last]) =>
      window.harness.withRun(given, async (run) => {
        const { frame, framesUntil, peek } = window.harness;
        await run.attach(window.harness.canvases());
        await framesUntil(run, () => run.chart.done && run.shown === 0);

        const played = new Map([[0, await peek(run)]]);
        run.play();
        while (run.playing) {
          await frame(run);
          if (!played.has(run.shown)) played.set(run.shown, await peek(run));
        }

        const different: number[] = [];
        // 83 has no factor in common with 202, so its multiples reach every position, each far from the last.
        for (let i = 0; i <= last; i++) {
          const p = (83 * i) % (last + 1);
          run.seek(p);
          await framesUntil(run, () => run.shown === p);
          const jumped = await peek(run);
          if (played.get(p)?.some((value, k) => !Object.is(value, jumped[k]))) different.push(p);
        }
        return { played: played.size, end: played.has(last), different };
      }),
    [given, last] as const,
  );
  expect(found.different).toEqual([]);
  expect(found.played).toBeGreaterThan(last / 2);
  expect(found.end).toBe(true);
});

test('the canvas shows the state that the run says it shows', async ({ gpu }) => {
  const found = await gpu.evaluate(
    ([given, positions]) =>
      window.harness.withRun(given, async (run) => {
        const canvases = window.harness.canvases();
        await run.attach(canvases);
        const found = [];
        for (const p of positions) {
          run.seek(p);
          let seen: number[] = [];
          const onChange = run.onChange;
          run.onChange = () => {
            seen = window.harness.photograph(canvases.x);
          };
          await window.harness.framesUntil(run, () => run.shown === p);
          run.onChange = onChange;
          found.push({ seen, state: await run.read(p) });
        }
        return found;
      }),
    [given, [0, 40, 150, last]] as const,
  );
  for (const { seen, state } of found) {
    const plane = shape.h * shape.w;
    for (let i = 0; i < state.length; i++) {
      const byte = 255 * Math.min(Math.max(0.5 * (state[i] as number) + 0.5, 0), 1);
      const shown = seen[4 * (i % plane) + Math.floor(i / plane)] as number;
      expect(Math.abs(shown - byte)).toBeLessThanOrEqual(1);
    }
  }
});

test('it plays at its rate', async ({ gpu }) => {
  const shown = await gpu.evaluate(
    (given) =>
      window.harness.withRun(given, async (run) => {
        await window.harness.framesUntil(run, () => run.shown === 0);
        run.rate = 10;
        run.play();
        for (let i = 0; i < 20; i++) await window.harness.frame(run, 50);
        return run.shown;
      }),
    given,
  );
  expect(shown).toBe(10);
});

test('as fast as it can, it reaches the end and stops there', async ({ gpu }) => {
  const found = await gpu.evaluate(
    (given) =>
      window.harness.withRun(given, async (run) => {
        run.rate = Number.POSITIVE_INFINITY;
        run.play();
        await window.harness.frame(run, 0);
        // A display may ask twice for one moment.
        await window.harness.frame(run, 0);
        await window.harness.framesUntil(run, () => !run.playing);
        return { shown: run.shown, target: run.target };
      }),
    given,
  );
  expect(found).toEqual({ shown: last, target: last });
});

test('played from its end, it begins anew', async ({ gpu }) => {
  const shown = await gpu.evaluate(
    ([given, last]) =>
      window.harness.withRun(given, async (run) => {
        const { framesUntil } = window.harness;
        run.seek(last);
        await framesUntil(run, () => run.shown === last);
        run.play();
        await framesUntil(run, () => run.shown !== last);
        return run.shown;
      }),
    [given, last] as const,
  );
  expect(shown).toBe(0);
});

test('a jump while playing: it plays on from there, without haste, and stops at the end', async ({ gpu }) => {
  const found = await gpu.evaluate(
    ([given, last]) =>
      window.harness.withRun(given, async (run) => {
        const { framesUntil } = window.harness;
        await framesUntil(run, () => run.shown === 0);
        run.play();
        run.seek(150);
        // Slow frames on the way, each as long as fifteen steps: none of them may be made up for.
        await framesUntil(run, () => run.shown !== 0, 250);
        const first = run.shown;
        await framesUntil(run, () => run.shown !== first);
        const jump = { first, next: run.shown, playing: run.playing };
        run.seek(last);
        const stopped = !run.playing;
        await framesUntil(run, () => run.shown === last);
        return { ...jump, stopped };
      }),
    [given, last] as const,
  );
  expect(found).toEqual({ first: 150, next: 151, playing: true, stopped: true });
});

test('paused on the way to a jump, it stays where it is', async ({ gpu }) => {
  // A jump of 2,000 steps takes more than one frame.
  const found = await gpu.evaluate(
    (given) =>
      window.harness.withRun(given, async (run) => {
        const { frame, framesUntil } = window.harness;
        await frame(run);
        run.seek(2000);
        await frame(run);
        run.pause();
        const { position } = run.cursor;
        await framesUntil(run, () => !run.seeking);
        return { position, target: run.target, shown: run.shown };
      }),
    { ...given, schedule: cosine(1000) },
  );
  const { position } = found;
  expect(position).toBeLessThan(2000);
  expect(found).toEqual({ position, target: position, shown: position });
});

test('the chart is completed, though the run plays', async ({ gpu }) => {
  const found = await gpu.evaluate(
    (given) =>
      window.harness.withRun(given, async (run) => {
        run.rate = 1;
        run.play();
        await window.harness.framesUntil(run, () => run.chart.done);
        return { playing: run.playing, progress: run.checkpoints.progress };
      }),
    given,
  );
  expect(found).toEqual({ playing: true, progress: 1 });
});

test('once charted, playing makes nothing on the GPU and moves no data', async ({ gpu }) => {
  const { starting, playing } = await gpu.evaluate((given) => {
    const { canvases, costlyCalls, framesUntil, withRun } = window.harness;
    let playing: string[] = [];
    const start = async () => {
      await withRun(given, async (run) => {
        await run.attach(canvases());
        await framesUntil(run, () => run.chart.done && run.shown === 0);
        playing = await costlyCalls(async () => {
          run.play();
          await framesUntil(run, () => !run.playing);
        });
      });
    };
    return costlyCalls(start).then((starting) => ({ starting, playing }));
  }, given);
  expect(starting).toEqual(
    expect.arrayContaining(['createBuffer', 'createBindGroup', 'writeBuffer', 'mapAsync']),
  );
  expect(playing).toEqual([]);
});

test.describe('reading', () => {
  test('is given up when the run is sent elsewhere', async ({ gpu }) => {
    const reasons = await gpu.evaluate(
      ([given, last]) =>
        window.harness.withRun(given, async (run) => {
          const seek = run.seek.bind(run);
          // As soon as the reading is on its way.
          run.seek = (p) => {
            seek(p);
            if (p === last - 1) queueMicrotask(() => seek(5));
          };
          const first = window.harness.failure(run.read(last - 1));
          const second = run.read(3);
          return [await first, (await second).length];
        }),
      [given, last] as const,
    );
    expect(reasons).toEqual([expect.objectContaining({ name: 'AbortError' }), valueCount(shape)]);
  });

  test('is given up when the run is released, and gives its memory back', async ({ gpu }) => {
    const found = await gpu.evaluate(
      async ([given, last]) => {
        const { failure, gpu, withRun } = window.harness;
        const before = gpu.bytes;
        const read = await withRun(given, async (run) => ({ promise: failure(run.read(last - 1)) }));
        const reason = await read.promise;
        return { reason, leaked: gpu.bytes - before };
      },
      [given, last] as const,
    );
    expect(found).toEqual({ reason: expect.objectContaining({ name: 'AbortError' }), leaked: 0 });
  });
});

test('a run may be released while a checkpoint is on its way', async ({ gpu }) => {
  const waiting = await gpu.evaluate(async (given) => {
    const { gpu, withRun } = window.harness;
    const before = gpu.bytes;
    const waiting = await withRun(given, (run) => {
      run.tick(0);
      return run.checkpoints.progress === 0;
    });
    await gpu.device.queue.onSubmittedWorkDone();
    return { waiting, leaked: gpu.bytes - before };
  }, given);
  expect(waiting).toEqual({ waiting: true, leaked: 0 });
});
