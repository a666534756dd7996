/** The view of the run: what it is made from, its pictures, its plots and its timeline. */
import { html } from 'lit';
import type { Schedule } from '../diffusion/schedule.ts';
import type { Trajectory } from '../trajectory/trajectory.ts';
import type { Reading } from './probe-panel.ts';
import { roundTripError } from './round-trip.ts';
import type { Session } from './session.ts';
import { colourOf, curvePoints, type Place, type Settings } from './settings.ts';
import './settings-panel.ts';
import './source-panel.ts';
import './stage.ts';
import type { Text } from './text/en.ts';
import './timeline.ts';

export interface RunView {
  readonly text: Text;
  readonly settings: Settings;
  readonly schedule: Schedule;
  /** Undefined until there is a GPU. */
  readonly session: Session | undefined;
  readonly reading: Reading | undefined;
  /** Where the visitor is or wants to be. */
  readonly place: Place;
  /** Absent until the run is there. */
  readonly bytesOf: ((settings: Settings) => number | undefined) | undefined;
}

const inverted = new WeakMap<Text, Text>();

/** The words for a run: the way there has other names where it is an inversion. */
export function textOf(text: Text, run: Trajectory | undefined): Text {
  if (!run || !('there' in run.options) || !run.options.there) return text;
  const known = inverted.get(text);
  if (known) return known;
  const { inversion: forward, inversionMeaning: forwardMeaning } = text;
  const words = { ...text, forward, forwardMeaning };
  inverted.set(text, words);
  return words;
}

export function runView({ text: words, settings, schedule, session, reading, place, bytesOf }: RunView) {
  const { run } = session ?? {};
  const text = textOf(words, session?.live ? undefined : run);
  const shown = session?.shown ?? { direction: 'forward' as const, t: 0 };
  const camera = Boolean(session?.live);
  const shape = session?.shape ?? { c: 3, h: 1, w: 1 };
  const coloured = colourOf(settings) !== undefined;
  const probed = session?.probed ?? { x: 0, y: 0, channel: 0 };
  return html`
    <div class="panel controls">
      <diffuscope-source class="card" .text=${text} .image=${settings.image} .camera=${camera}></diffuscope-source>
      <diffuscope-settings
        class="card"
        .text=${text}
        .settings=${settings}
        .bytesOf=${bytesOf}
      ></diffuscope-settings>
    </div>
    <diffuscope-stage
      .text=${text}
      .direction=${shown.direction}
      .t=${shown.t}
      .schedule=${schedule}
      .live=${camera}
      .seeking=${!camera && Boolean(run?.seeking)}
      .shape=${shape}
      .pixel=${probed}
      .denoiser=${settings.denoiser}
      .coloured=${coloured}
    ></diffuscope-stage>
    <diffuscope-plots
      class="panel"
      .text=${text}
      .schedule=${schedule}
      .t=${shown.t}
      .probed=${probed}
      .channels=${shape.c}
      .reading=${reading}
      .bound=${run?.bound}
      .path=${run?.path}
      .position=${Math.max(run?.shown ?? 0, 0)}
      .coloured=${coloured}
      .points=${settings.schedule === 'curve' ? curvePoints(settings.curve) : undefined}
    ></diffuscope-plots>
    <diffuscope-timeline
      aria-label=${text.timeline}
      role="region"
      .text=${text}
      .run=${run}
      .timesteps=${camera ? settings.T : (run?.path.T ?? settings.T)}
      .missed=${run && roundTripError(run)}
      .t=${place.t}
      .direction=${place.direction}
      .playing=${run?.playing ?? false}
      .camera=${camera}
      .rate=${settings.rate}
      .charted=${run?.checkpoints.progress ?? 0}
      .bytes=${session?.gpu.bytes ?? 0}
    ></diffuscope-timeline>
  `;
}
