/** How the view is laid out: the wall, the stage, the film strip, and what stands beside them. */
import { html, nothing } from 'lit';
import type { Gpu } from '../../gpu/device.ts';
import type { Language, NamedSet } from '../sets/named-set.ts';
import { stateSwitch } from '../state-switch.ts';
import type { Text } from '../text/en.ts';
import type { GenerateText } from '../text/generate-en.ts';
import type { Findings } from './findings.ts';
import type { Glimpses } from './glimpses.ts';
import type { Studio } from './studio.ts';
import { denoiserNames, type Wanted } from './wanted.ts';

/** What there is to show; without a studio, while it is being made. */
export interface Scene {
  readonly text: Text;
  readonly words: GenerateText;
  readonly gpu: Gpu | undefined;
  readonly wanted: Wanted;
  readonly studio: Studio | undefined;
  readonly named: NamedSet | undefined;
  readonly findings: Findings;
  readonly glimpses: Glimpses;
  /** Where it is, in words. */
  readonly where: string;
  /** Whether the wall shows x̂_0. */
  readonly predicted: boolean;
  /** Whether the code of what is not needed at first is there. */
  readonly hasLater: boolean;
  reseed(): void;
  predict(x0Hat: boolean): void;
}

export const layout = (scene: Scene) =>
  html`${gallery(scene)} ${stage(scene)} ${film(scene)} ${side(scene)} ${controls(scene)}`;

function gallery({ text, words, wanted, predicted, studio, named, findings, reseed, predict }: Scene) {
  const { h, w } = named?.images.shape ?? { h: 1, w: 1 };
  return html`<div class="gallery">
    <diffuscope-wall
      .text=${text}
      .n=${wanted.n}
      .aspect=${w / h}
      .denoiser=${wanted.denoiser}
      .predicted=${predicted}
      .sample=${studio?.sample}
      .novelty=${studio?.wall.shown === studio?.last && wanted.denoiser !== 'wiener' ? findings.novelty : undefined}
    ></diffuscope-wall>
    <div class="under">
      <button class="primary" @click=${reseed} title="${words.reseed} (n)">${words.reseed}</button>
      ${stateSwitch({ words, predicted, predict })}
    </div>
  </div>`;
}

function stage({ text, wanted, studio, named, findings, where }: Scene) {
  const sample = studio?.sample;
  const nearest = sample === undefined ? undefined : findings.novelty?.[sample];
  const source = wanted.denoiser === 'wiener' ? wanted.source : undefined;
  const beside = source ?? nearest?.index;
  return html`<diffuscope-generated
    ?hidden=${sample === undefined}
    .text=${text}
    .sample=${sample}
    .denoiser=${wanted.denoiser}
    .set=${named?.images}
    .nearest=${nearest}
    .source=${source}
    .besideName=${beside === undefined ? '' : (named?.nameOf(beside, text.lang as Language) ?? '')}
    .where=${where}
    .t=${studio ? studio.last - Math.max(studio.lead.shown, 0) : 0}
  ></diffuscope-generated>`;
}

function film({ text, wanted, studio, glimpses, where }: Scene) {
  return html`<diffuscope-film
    .text=${text}
    .last=${studio?.last ?? wanted.steps}
    .position=${studio?.position ?? 0}
    .playing=${studio?.playing ?? false}
    .run=${studio?.solo}
    .charted=${studio?.solo?.checkpoints.progress ?? 0}
    .seen=${glimpses.seen}
    .seenCount=${glimpses.seen.size}
    .where=${where}
  ></diffuscope-film>`;
}

function side(scene: Scene) {
  const { text, words, wanted, studio, named, findings, hasLater } = scene;
  const { novelty } = findings;
  const sample = studio?.sample;
  const picked = sample !== undefined;
  const { h, w } = named?.images.shape ?? { h: 1, w: 1 };
  const last = studio?.last ?? wanted.steps;
  const nearest = picked ? novelty?.[sample]?.index : undefined;
  return html`<div class="side panel" tabindex="0" role="region" aria-label=${words.beside}>
    <diffuscope-becoming
      ?hidden=${!picked || wanted.denoiser !== 'ideal'}
      .text=${text}
      .set=${named}
      .became=${findings.became}
      .entropies=${findings.entropies}
      .last=${last}
    ></diffuscope-becoming>
    <diffuscope-branches
      ?hidden=${!picked}
      .text=${text}
      .step=${studio?.position ?? 0}
      .last=${last}
      .aspect=${w / h}
      .denoiser=${wanted.denoiser}
      .decisions=${findings.decisions}
      .from=${studio?.branches ? studio.branchedAt : undefined}
      .running=${studio?.branches !== undefined && !studio.branched}
      .apart=${findings.apart}
    ></diffuscope-branches>
    <diffuscope-known-set
      .text=${text}
      .set=${named}
      .denoiser=${wanted.denoiser}
      .novelty=${novelty}
      .spread=${findings.spread}
      .lit=${wanted.denoiser === 'wiener' ? wanted.source : nearest}
      .compact=${picked}
    ></diffuscope-known-set>
    ${wanted.denoiser === 'ideal' && hasLater && !picked ? codeLength(scene) : nothing}
    ${
      hasLater
        ? html`<diffuscope-set-panel
            class="card"
            ?hidden=${picked}
            .text=${text}
            .chosen=${wanted.set}
          ></diffuscope-set-panel>`
        : nothing
    }
  </div>`;
}

/** It draws with a library of its own, and so comes when it is asked for. */
function codeLength({ text, gpu, named }: Scene) {
  void import('./code-length.ts');
  return html`<diffuscope-code-length .text=${text} .gpu=${gpu} .images=${named?.images}></diffuscope-code-length>`;
}

function controls({ text, wanted, named, gpu }: Scene) {
  const { h, w } = named?.images.shape ?? { h: 64, w: 64 };
  return html`<div class="panel controls">
    <diffuscope-generate-controls
      class="card"
      .text=${text}
      .wanted=${wanted}
      .size=${Math.max(h, w)}
      .denoisers=${denoiserNames}
      .gpu=${gpu}
      .set=${named?.images}
    ></diffuscope-generate-controls>
  </div>`;
}
