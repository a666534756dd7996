import type { Images } from '../../../src/diffusion/images.ts';
import type { CodeLengthPlot } from '../../../src/page/generate/code-length.ts';
import { gpu } from './device.ts';

/** The element on a page of its own; its modules are loaded for it alone. */
export async function mountCodeLength(images: Images): Promise<void> {
  await import('../../../src/page/generate/code-length.ts');
  const { textIn } = await import('../../../src/page/text/language.ts');
  const element = document.createElement('diffuscope-code-length') as CodeLengthPlot;
  document.body.replaceChildren(Object.assign(element, { text: await textIn('en'), gpu, images }));
  await element.updateComplete;
}
