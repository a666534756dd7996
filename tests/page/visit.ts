/** The page as a visitor meets it: where things are, and what they show. */
import { type Locator, type Page, expect as plain } from '@playwright/test';

/** A software adapter on a busy machine may take many seconds for what a GPU does in one frame. */
export const expect = plain.configure({ timeout: 60_000 });

/** A run that a software adapter charts within a second or two. */
export const SMALL = 'size=64&T=20';

export interface Pixels {
  width: number;
  height: number;
  /** RGBA bytes, row by row. */
  data: number[];
}

export class Visit {
  readonly x: Locator;
  readonly x0: Locator;
  readonly caption: Locator;
  readonly badge: Locator;
  readonly play: Locator;
  readonly pause: Locator;
  readonly scrubber: Locator;
  readonly problem: Locator;
  readonly news: Locator;

  constructor(readonly page: Page) {
    this.x = page.locator('canvas.x');
    this.x0 = page.locator('canvas.x0');
    this.caption = page.locator('.main figcaption');
    this.badge = page.locator('.badge.run');
    this.play = page.getByRole('button', { name: 'Play', exact: true });
    this.pause = page.getByRole('button', { name: 'Pause', exact: true });
    this.scrubber = page.getByRole('slider', { name: 'timestep t' });
    this.problem = page.getByRole('alert');
    this.news = page.getByRole('status');
  }

  /** Opens a link. One that names no place plays by itself. */
  async open(link = `${SMALL}&t=0`): Promise<void> {
    await this.page.goto(`/#${link}`);
    await expect(this.page.locator('.frame').first()).toBeAttached();
  }

  /** All frames of both strips are drawn: the run is charted, and the GPU at rest. */
  async charted(): Promise<void> {
    await expect(this.page.locator('.frame')).not.toHaveCount(0);
    await expect(this.page.locator('.frame.empty')).toHaveCount(0);
  }

  /** Caption, badge and link all name this place, so the picture is that place's. */
  async isAt(direction: 'forward' | 'reverse', t: number): Promise<void> {
    await expect(this.caption).toContainText(`t = ${t} of`);
    await expect(this.badge).toHaveText({ forward: 'Forward q', reverse: 'Reverse p' }[direction]);
    // The page's own link, which names everything, and not one that a test came by.
    await expect(this.page).toHaveURL(new RegExp(`&rate=\\w+&run=${direction}&t=${t}$`));
    // A canvas has nothing to give before its first picture is on the screen, which takes a busy machine a while.
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
  }

  /** The timestep on the screen. */
  async t(): Promise<number> {
    return Number(await this.page.locator('.main figcaption sub').textContent());
  }

  /** A canvas as a `data:` URL of a PNG: equal for equal pixels. */
  picture(canvas = this.x): Promise<string> {
    return canvas.evaluate(async (element) => {
      const canvas = element as HTMLCanvasElement;
      // What is drawn comes with a frame, which takes a busy machine a while; after five seconds it is blank.
      for (let frame = 0; ; frame++) {
        const { width, height } = canvas;
        const blank = Object.assign(document.createElement('canvas'), { width, height }).toDataURL();
        const picture = canvas.toDataURL();
        if (picture !== blank || frame === 300) return picture;
        await new Promise(requestAnimationFrame);
      }
    });
  }

  async pixels(canvas = this.x): Promise<Pixels> {
    return this.page.evaluate(
      async (picture) => {
        const image = new Image();
        image.src = picture;
        await image.decode();
        const { width, height } = image;
        const context = new OffscreenCanvas(width, height).getContext(
          '2d',
        ) as OffscreenCanvasRenderingContext2D;
        context.drawImage(image, 0, 0);
        return { width, height, data: Array.from(context.getImageData(0, 0, width, height).data) };
      },
      await this.picture(canvas),
    );
  }

  frame(direction: 'forward' | 'reverse', t: number): Locator {
    return this.page.locator(`.strip.${direction} .frame[data-t="${t}"]`);
  }
}
