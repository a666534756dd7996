/** Which characters the sets of glyphs hold, and in which typefaces: a browser has some of these, none has all. */
const SANS_CJK = '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const SERIF_CJK = '"Noto Serif CJK SC", "Songti SC", SimSun, serif';
const GOTHIC = '"Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", sans-serif';
const MINCHO = '"Noto Serif CJK JP", "Hiragino Mincho ProN", "Yu Mincho", serif';

const WESTERN = [
  'sans-serif',
  'serif',
  'monospace',
  'Georgia, serif',
  '"Trebuchet MS", sans-serif',
  '"Courier New", monospace',
  'Verdana, sans-serif',
  'Impact, sans-serif',
];

export interface Alphabet {
  readonly characters: string;
  readonly families: readonly string[];
  readonly weights: readonly number[];
  /** From the middle, in pixels. */
  readonly offsets: readonly (readonly [x: number, y: number])[];
}

const ABOUT = [
  [0, 0],
  [-2, 1],
  [2, -1],
] as const;

export const ALPHABETS = {
  digits: { characters: '0123456789', families: WESTERN, weights: [400, 700], offsets: ABOUT },
  capitals: {
    characters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    families: WESTERN.slice(0, 5),
    weights: [400, 700],
    offsets: ABOUT.slice(0, 2),
  },
  greek: {
    characters: 'αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩ',
    families: WESTERN.slice(0, 3),
    weights: [400, 700],
    offsets: ABOUT.slice(0, 2),
  },
  hiragana: {
    characters:
      'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん',
    families: [GOTHIC, MINCHO],
    weights: [400, 700],
    offsets: ABOUT.slice(0, 2),
  },
  hanzi: {
    characters:
      '一二三四五六七八九十上下左右大小中人口日月水火木金土山石田禾米竹虫鱼鸟马牛羊犬龙天云雨风雪花草林森心手足目耳头面衣食车舟门户刀弓矢力工王玉白红黑青春夏秋冬东西南北高低长方圆明光电气生学文字书画言语诗歌音乐',
    families: [SANS_CJK, SERIF_CJK],
    weights: [400, 700],
    offsets: [[0, 0]],
  },
} satisfies Record<string, Alphabet>;

export type AlphabetName = keyof typeof ALPHABETS;

/** The most images there can be; equal ones, of typefaces that stand in for others, are left out. */
export const mostOf = ({ characters, families, weights, offsets }: Alphabet): number =>
  characters.length * families.length * weights.length * offsets.length;
