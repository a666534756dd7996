/** Files as visitors bring them. */
import type { Page } from '@playwright/test';
import type { Pixels } from './visit.ts';

/** As Playwright's file choosers take them, too. */
export interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export const upload = (name: string, mimeType: string, content: string | Uint8Array): Upload => ({
  name,
  mimeType,
  buffer: Buffer.from(content as string),
});

/** What a browser hands over with a drop or a paste; without a file, what a selected word gives. */
async function dispatch(page: Page, kind: 'drop' | 'paste', file?: Upload): Promise<void> {
  const sent = file && { ...file, bytes: file.buffer.toString('base64') };
  await page.evaluate(
    ([type, content]) => {
      const data = new DataTransfer();
      if (content) {
        const bytes = Uint8Array.from(atob(content.bytes), (c) => c.charCodeAt(0));
        data.items.add(new File([bytes], content.name, { type: content.mimeType }));
      } else data.setData('text/plain', 'words');
      const options = { bubbles: true, cancelable: true };
      document.body.dispatchEvent(
        type === 'drop'
          ? new DragEvent(type, { ...options, dataTransfer: data })
          : new ClipboardEvent(type, { ...options, clipboardData: data }),
      );
    },
    [kind, sent] as const,
  );
}

export const drop = (page: Page, file?: Upload) => dispatch(page, 'drop', file);
export const paste = (page: Page, file?: Upload) => dispatch(page, 'paste', file);

/** Smooth shades with fine texture over them, as photographs have; `opacity` from left to right goes down to this. */
export async function photograph(
  page: Page,
  mimeType: string,
  width: number,
  height: number,
  opacity = 1,
): Promise<Upload> {
  const base64 = await page.evaluate(
    async ({ type, w, h, opacity }) => {
      const picture = new ImageData(w, h);
      for (let i = 0; i < w * h; i++) {
        const [x, y] = [i % w, Math.floor(i / w)];
        const texture = 24 * Math.sin(x * 12.9898 + y * 78.233);
        picture.data[4 * i] = 128 + 90 * Math.sin(x / 31) * Math.cos(y / 17) + texture;
        picture.data[4 * i + 1] = (255 * y) / h + texture;
        picture.data[4 * i + 2] = 128 + 100 * Math.cos((x + y) / 41) - texture;
        picture.data[4 * i + 3] = 255 - (255 * (1 - opacity) * x) / (w - 1 || 1);
      }
      const canvas = new OffscreenCanvas(w, h);
      canvas.getContext('2d')?.putImageData(picture, 0, 0);
      const blob = await canvas.convertToBlob({ type });
      if (blob.type !== type) throw new Error(`this browser writes no ${type}`);
      const bytes = new Uint8Array(await blob.arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    },
    { type: mimeType, w: width, h: height, opacity },
  );
  const extension = mimeType.replace(/.*\//, '');
  return upload(`photograph.${extension}`, mimeType, Buffer.from(base64, 'base64'));
}

/** The browser's own decoding, over white where the picture is transparent. */
export function decoded(page: Page, { mimeType, buffer }: Upload): Promise<Pixels> {
  return page.evaluate(
    async ({ type, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type }));
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext(
        '2d',
      ) as OffscreenCanvasRenderingContext2D;
      context.fillStyle = 'white';
      context.fillRect(0, 0, width, height);
      context.drawImage(bitmap, 0, 0);
      return { width, height, data: Array.from(context.getImageData(0, 0, width, height).data) };
    },
    { type: mimeType, base64: buffer.toString('base64') },
  );
}

/** One red frame, then one blue, of one pixel each, for ever. */
export const animatedGif = (): Upload => {
  const header = '474946383961 0100 0100 80 00 00 ff0000 0000ff 21ff0b4e45545343415045322e30 03010000 00';
  const frame = (index: 0 | 1) =>
    `21f904 00 0a00 00 00 2c 00000000 0100 0100 00 02 02 4${index ? 'c' : '4'}01 00`;
  const hex = `${header}${frame(0)}${frame(1)}3b`.replaceAll(' ', '');
  return upload('blink.gif', 'image/gif', Buffer.from(hex, 'hex'));
};
