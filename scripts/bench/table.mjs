/** Rows of cells as Markdown, first column to the left, as wide as its widest. */
export function table(head, rows) {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const pad = (cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]));
  const line = (cells) => `| ${cells.map(pad).join(' | ')} |`;
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** A figure against its goal: at most `most`, or at least `least`. */
export function goal(name, value, { most = Number.POSITIVE_INFINITY, least = Number.NEGATIVE_INFINITY }) {
  return { name, value, most, least, met: value <= most && value >= least };
}

export function goalText({ name, value, most, least, met }) {
  const wanted = Number.isFinite(most) ? `at most ${most}` : `at least ${least}`;
  return `${met ? 'met' : 'missed'}: ${name}: ${value.toFixed(3)} (goal: ${wanted})`;
}

/** Steps a round, so that a round of any size takes about the same time. */
export const stepsPerRound = (side) => Math.max(2, Math.round(40 * (256 / side) ** 2));

/** Of the sections that time one size. */
export const sideOf = (quick) => (quick ? 64 : 512);
