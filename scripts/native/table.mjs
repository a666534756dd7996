// What was measured, as a page of docs/bench.

/** A name for a file: lower case, words joined by hyphens; a software adapter's says what it is. */
export const slug = ({ name, software }) =>
  `${software ? 'software ' : ''}${name}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

export const table = (head, rows) =>
  [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

const floors = { bytes: 'bytes', floatOps: 'float arithmetic', integerOps: 'integer arithmetic' };
const percent = (share) => `${(100 * share).toFixed(0)} %`;
const ms = (value) => value.toPrecision(3);
const sideOf = ({ times: [{ shape }] }) => shape.w;
const BARE = 'step without noise, a·x + b·x̂_0';

const checksTable = (checks) =>
  table(
    ['against the float64 twin', 'found', 'allowed'],
    checks.map(({ what, error, allowed }) => [
      what,
      error === 0 ? '0' : error.toExponential(1),
      String(allowed),
    ]),
  );

const ceilingsTable = (measured) =>
  table(
    ['states of', 'copy, GB/s', 'multiply-add, Gflop/s', 'integer, Gop/s'],
    measured.map((one) => [
      `${sideOf(one)}² RGB`,
      ...['bytes', 'floatOps', 'integerOps'].map((name) => (one.ceilings[name] / 1e6).toFixed(1)),
    ]),
  );

const kernelsTable = (measured) =>
  table(
    ['kernel', 'state', 'ms', '× step without noise', 'of its floor', 'floor'],
    measured.flatMap(({ times }) => {
      const bare = times.find(({ name }) => name === BARE).ms;
      return times.map(({ name, shape, ms: taken, share, floor }) => [
        name,
        `${shape.w}² RGB`,
        ms(taken),
        (taken / bare).toFixed(2),
        percent(share),
        floors[floor],
      ]);
    }),
  );

function flatTable(measured) {
  const from = measured.find((one) => sideOf(one) >= 512) ?? measured.at(-1);
  const perValue = (one, i) => one.times[i].ms / sideOf(one) ** 2;
  return table(
    [`cost of a value, × that at ${sideOf(from)}²`, ...measured.map((one) => `${sideOf(one)}²`)],
    from.times.map(({ name }, i) => [
      name,
      ...measured.map((one) => (perValue(one, i) / perValue(from, i)).toFixed(2)),
    ]),
  );
}

function peersTable(peers, measured) {
  if (peers.absent) return `No PyTorch to compare with here: ${peers.absent}.`;
  const rows = peers.times.flatMap(({ side, ms: times, failed }) => {
    const ours = measured.find((one) => sideOf(one) === side).times;
    const mine = (noise) => ours.find(({ name }) => name === (noise ? 'step, JAX’s noise' : BARE)).ms;
    return [
      ...Object.entries(times).map(([name, taken]) => {
        const own = mine(!name.includes('without noise'));
        return [name, `${side}² RGB`, ms(taken), ms(own), (taken / own).toFixed(2)];
      }),
      ...Object.entries(failed).map(([name, why]) => [
        name,
        `${side}² RGB`,
        `does not run here: ${why}`,
        '',
        '',
      ]),
    ];
  });
  return `PyTorch ${peers.version} on ${peers.device}.\n\n${table(
    ['peer', 'state', 'ms', 'ours, ms', 'peer ÷ ours'],
    rows,
  )}`;
}

export function report({ adapter, checks, measured, peers, date, host }) {
  const where = adapter.software
    ? `**The software adapter’s**: no GPU was at hand, and these are figures of a CPU (${host}), which other work may have shared. They show that the kernels are right and how they compare with one another; they say nothing of a GPU.`
    : `On the GPU, through Dawn, in a machine with ${host}.`;
  return `# ${adapter.name}

${date}, \`npm run bench:native\`. ${where}

The WGSL and the passes are the page’s own. Times are ${adapter.timestamps ? 'by timestamp queries' : 'by the wall clock'}: medians of rounds in which all kernels take turns.

## Correct

${checksTable(checks)}

## Ceilings

Measured beside the kernels: a copy over as much memory as a state takes, chains of multiply-adds, and rounds of additions, rotations and exclusive ors.

${ceilingsTable(measured)}

## Kernels

A kernel’s floor is the largest of the times that its bytes, its float and its integer operations take at those ceilings. Goal on a GPU: 85 %. More than 100 % says that the ceiling’s own measurement was disturbed, or that a state lay in a cache.

${kernelsTable(measured)}

## Cost against size

Goal: within 20 % from 512² up.

${flatTable(measured)}

## Peers

${peersTable(peers, measured)}

Each draws its own normals: ours are JAX’s, bit for bit up to the last logarithm; PyTorch draws by Philox on a GPU, by the Mersenne Twister on the CPU.
`;
}
