/**
 * An atlas of 64×64 tiles over white, as RGBA in base64. Runs in the browser's page, and so may use nothing
 * from outside itself. Throws where two tiles are the same or one is blank.
 *
 * The font holds pictures of 136×128 pixels, meant for 109 px text: drawn at that size they are copied, not scaled.
 * The tile is the square of 136 round the middle of a plain face's disc, averaged over areas.
 */
export async function drawAtlas({ font, list, columns, step }) {
  const TILE = 64;
  const BOX = 136;
  // A plain face's ink, for text that begins at (60, 200): x from 69 to 186, y from 106 to 218.
  const [left, top] = [127.5 - BOX / 2, 162 - BOX / 2];
  const source = new OffscreenCanvas(256, 256).getContext('2d', { alpha: false, willReadFrequently: true });
  source.font = `109px "${font}"`;

  /** What each of the tile's pixels takes from the source's, along one axis. */
  const weights = (from) =>
    Array.from({ length: TILE }, (_, i) => {
      const [a, b] = [from + (i * BOX) / TILE, from + ((i + 1) * BOX) / TILE];
      const first = Math.floor(a);
      const shares = Array.from({ length: Math.ceil(b) - first }, (_, k) => {
        const covered = Math.min(b, first + k + 1) - Math.max(a, first + k);
        return (covered * TILE) / BOX;
      });
      return { first, shares };
    });
  const [across, down] = [weights(left), weights(top)];

  const tileOf = (character) => {
    source.fillStyle = '#fff';
    source.fillRect(0, 0, 256, 256);
    source.fillText(character, 60, 200);
    const { data } = source.getImageData(0, 0, 256, 256);
    const tile = new ImageData(TILE, TILE);
    down.forEach((row, y) => {
      across.forEach((column, x) => {
        for (let c = 0; c < 3; c++) {
          let sum = 0;
          row.shares.forEach((dy, j) => {
            column.shares.forEach((dx, i) => {
              sum += dy * dx * data[4 * ((row.first + j) * 256 + column.first + i) + c];
            });
          });
          tile.data[4 * (y * TILE + x) + c] = Math.max(0, 255 - step * Math.round((255 - sum) / step));
        }
        tile.data[4 * (y * TILE + x) + 3] = 255;
      });
    });
    return tile;
  };

  const canvas = new OffscreenCanvas(columns * TILE, Math.ceil(list.length / columns) * TILE);
  const atlas = canvas.getContext('2d', { alpha: false });
  atlas.fillStyle = '#fff';
  atlas.fillRect(0, 0, canvas.width, canvas.height);
  const seen = new Map([[new ImageData(TILE, TILE).data.fill(255).join(), 'nothing']]);
  list.forEach((character, i) => {
    const tile = tileOf(character);
    const known = tile.data.join();
    if (seen.has(known)) throw new Error(`${character} looks like ${seen.get(known)}`);
    seen.set(known, character);
    atlas.putImageData(tile, (i % columns) * TILE, Math.floor(i / columns) * TILE);
  });
  const { data } = atlas.getImageData(0, 0, canvas.width, canvas.height);
  // In pieces: there may be only so many arguments.
  let text = '';
  for (let i = 0; i < data.length; i += 4096) text += String.fromCharCode(...data.subarray(i, i + 4096));
  return { width: canvas.width, height: canvas.height, rgba: btoa(text) };
}
