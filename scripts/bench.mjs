// `npm run bench`: times the page's kernels in the browser, beside what else there is. `-- --quick` is a short check that
// it works, `-- --only peers,roofline` runs these sections alone, `-- --write` writes docs/bench/<adapter>.md as well.

import { bench } from './bench/main.mjs';
import { sections } from './bench/sections.mjs';

await bench(sections);
