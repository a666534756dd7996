// Pixel art seen from above, which goes on at its other end: rows of letters, and a palette.
import { hash } from '../samples/noise.mjs';

function board(size, ground) {
  const cells = Array.from({ length: size }, () => new Array(size).fill(ground));
  const set = (x, y, c) => {
    cells[((y % size) + size) % size][((x % size) + size) % size] = c;
  };
  const box = (x, y, w, h, c) => {
    for (let j = 0; j < h; j++) for (let i = 0; i < w; i++) set(x + i, y + j, c);
  };
  return { cells, set, box };
}

const rgb = (hex) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));

/** Beds, blossoms and paths of sand. */
export function garden() {
  const colours = {
    g: '#5aa845',
    d: '#478f38',
    s: '#e3cf94',
    t: '#c9b274',
    r: '#d8433f',
    w: '#f4f1e6',
    v: '#8a55c4',
    y: '#f6cd3c',
    h: '#2f6b34',
  };
  const { cells, set, box } = board(28, 'g');
  for (let y = 0; y < 28; y++) for (let x = 0; x < 28; x++) if (hash(x, y, 3) < 0.08) set(x, y, 'd');
  box(0, 12, 28, 3, 's');
  box(0, 15, 28, 1, 't');
  box(18, 0, 3, 28, 's');
  box(21, 0, 1, 12, 't');
  box(21, 16, 1, 12, 't');
  for (const [x, y, w, h] of [
    [2, 2, 6, 4],
    [10, 18, 6, 5],
    [23, 5, 3, 5],
  ]) {
    box(x, y, w, h, 'h');
    box(x + 1, y + 1, w - 2, h - 2, 'g');
  }
  const blossoms = [
    [12, 3, 'r'],
    [14, 8, 'w'],
    [10, 8, 'v'],
    [3, 9, 'w'],
    [4, 19, 'r'],
    [6, 24, 'v'],
    [2, 25, 'w'],
    [13, 25, 'r'],
    [25, 20, 'v'],
    [24, 25, 'w'],
    [25, 1, 'r'],
    [15, 1, 'v'],
  ];
  for (const [x, y, c] of blossoms) {
    for (const [dx, dy] of [
      [0, -1],
      [-1, 0],
      [1, 0],
      [0, 1],
    ])
      set(x + dx, y + dy, c);
    set(x, y, 'y');
  }
  return { cells, colours };
}

/** Rooms, corridors and doors. */
export function dungeon() {
  const colours = {
    k: '#15131c',
    w: '#6b6478',
    l: '#8d869b',
    f: '#3d3644',
    e: '#463f4e',
    d: '#a5672f',
    c: '#e0b13a',
    b: '#2c77a8',
  };
  const { cells, set, box } = board(28, 'k');
  const room = (x, y, w, h) => {
    box(x, y, w, h, 'w');
    box(x, y, w, 1, 'l');
    for (let j = 1; j < h - 1; j++)
      for (let i = 1; i < w - 1; i++) set(x + i, y + j, (x + i + y + j) % 2 ? 'f' : 'e');
  };
  const floor = (x, y, w, h) => {
    for (let j = 0; j < h; j++)
      for (let i = 0; i < w; i++) set(x + i, y + j, (x + i + y + j) % 2 ? 'f' : 'e');
  };
  const hall = (x, y, length) => {
    box(x, y - 1, length, 3, 'w');
    box(x, y - 1, length, 1, 'l');
    floor(x, y, length, 1);
  };
  const shaft = (x, y, length) => {
    box(x - 1, y, 3, length, 'w');
    floor(x, y, 1, length);
  };
  shaft(5, 8, 9);
  shaft(22, 12, 9);
  shaft(12, 20, 18);
  hall(9, 5, 8);
  hall(9, 18, 11);
  hall(24, 23, 10);
  room(2, 2, 8, 8);
  room(16, 2, 10, 11);
  room(1, 15, 9, 10);
  room(17, 18, 9, 8);
  for (const [x, y] of [
    [9, 5],
    [16, 5],
    [5, 9],
    [22, 12],
    [5, 15],
    [9, 18],
    [17, 20],
    [22, 18],
    [25, 23],
    [1, 23],
  ])
    set(x, y, 'd');
  for (const [x, y] of [
    [4, 4],
    [23, 4],
    [3, 22],
    [20, 23],
  ])
    set(x, y, 'c');
  box(19, 7, 3, 2, 'b');
  return { cells, colours };
}

/** Streets, roofs and trees. */
export function city() {
  const colours = {
    a: '#4a4d55',
    m: '#e8e3c8',
    p: '#b9b4a8',
    r: '#b5503c',
    q: '#94402f',
    o: '#5f7f9c',
    n: '#4b677f',
    y: '#c9a45a',
    z: '#a98544',
    g: '#5c9a4a',
    t: '#2f6e3a',
  };
  const { cells, set, box } = board(30, 'g');
  box(0, 0, 30, 5, 'p');
  box(0, 0, 5, 30, 'p');
  box(15, 0, 5, 30, 'p');
  box(0, 16, 30, 5, 'p');
  for (const y of [1, 17]) box(0, y, 30, 3, 'a');
  for (const x of [1, 16]) box(x, 0, 3, 30, 'a');
  for (let k = 0; k < 30; k += 2) {
    if (k % 15 > 4) for (const y of [2, 18]) set(k, y, 'm');
    if (k % 16 > 4) for (const x of [2, 17]) set(x, k, 'm');
  }
  const roofs = [
    [6, 6, 4, 4, 'r'],
    [11, 6, 3, 6, 'o'],
    [6, 12, 4, 3, 'y'],
    [21, 6, 5, 3, 'y'],
    [21, 11, 4, 4, 'o'],
    [27, 6, 2, 6, 'r'],
    [6, 22, 5, 3, 'o'],
    [6, 26, 3, 3, 'r'],
    [12, 23, 2, 5, 'y'],
    [21, 22, 3, 5, 'r'],
    [26, 22, 3, 3, 'o'],
  ];
  const shades = { r: 'q', o: 'n', y: 'z' };
  for (const [x, y, w, h, c] of roofs) {
    box(x, y, w, h, c);
    box(x, y + h - 1, w, 1, shades[c]);
  }
  for (const [x, y] of [
    [12, 13],
    [10, 27],
    [26, 13],
    [27, 27],
    [25, 28],
  ])
    box(x, y, 2, 2, 't');
  return { cells, colours };
}

/** The bytes of a picture of tiles. */
export function paint({ cells, colours }) {
  const picture = { width: cells[0].length, height: cells.length, rgba: [] };
  for (const row of cells) for (const cell of row) picture.rgba.push(...rgb(colours[cell]), 255);
  return picture;
}
