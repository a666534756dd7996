import { goal, table } from './table.mjs';

const GOAL = 85;

export const roofline = {
  name: 'roofline',
  title: 'Roofline',
  async measure({ call, quick, software }) {
    const { bytesPerSecond, operationsPerSecond, kernels } = await call(
      'roofline',
      quick ? 128 : 1024,
      quick ? 2 : 9,
    );
    const rows = kernels.map(({ name, ms, bytes, operations, ofBytes, ofOperations }) => [
      name,
      ms.toFixed(3),
      (bytes / ms / 1e6).toFixed(2),
      (operations / ms / 1e6).toFixed(2),
      ofBytes > ofOperations ? 'bytes' : 'arithmetic',
      `${Math.max(ofBytes, ofOperations).toFixed(0)} %`,
    ]);
    const ceilings =
      `Measured in the same rounds: a copy moves ${(bytesPerSecond / 1e9).toFixed(2)} GB/s, chains of multiply-adds do ` +
      `${(operationsPerSecond / 1e9).toFixed(2)} G/s, which is twice as many flop/s. A kernel can take no less than its bytes or its operations need ` +
      'at these rates; the last column is the larger of these two floors as a part of its time.';
    const goals = (software ? [] : kernels).map(({ name, ofBytes, ofOperations }) =>
      goal(`${name}, percent of its floor`, Math.max(ofBytes, ofOperations), { least: GOAL }),
    );
    const note = software
      ? `\n\nThe goal of ${GOAL} % is for GPUs; here the adapter is a CPU, whose compiler schedules and caches as it likes.`
      : '';
    const head = ['kernel', 'ms', 'GB/s', 'Gop/s', 'bound by', 'of its floor'];
    return { text: `${ceilings}${note}\n\n${table(head, rows)}`, goals };
  },
};
