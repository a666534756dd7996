// needs ../grid.wgsl

// The posterior mean of Gaussian data in every frequency, alpha s (s* y)/(alpha^2 |s|^2 + sigma^2), in place; complex images
// are pairs of real ones, see pairs.wgsl. Its float64 twin is src/diffusion/wiener.ts.

override CHANNELS: u32;

struct Spectrum {
  frequencies: u32,
  all: u32,         // of all complex images
}

struct Level {
  alpha: f32,
  sigma: f32,
}

@group(0) @binding(0) var<uniform> level: Level;                   // chosen by a dynamic offset into the table
@group(0) @binding(1) var<uniform> spectrum: Spectrum;
@group(0) @binding(2) var<storage, read> s: array<vec2f>;          // of every channel
@group(0) @binding(3) var<storage, read_write> y: array<vec2f>;    // of every complex image and channel

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  if (i >= spectrum.all) {
    return;
  }
  let size = spectrum.frequencies;
  let f = i % size;
  let first = i / size * size * CHANNELS + f;
  var v = 0.0;
  var along = vec2f(0.0);
  for (var c = 0u; c < CHANNELS; c++) {
    let a = s[f + c * size];
    let b = y[first + c * size];
    v += dot(a, a);
    along += vec2f(dot(a, b), a.x * b.y - a.y * b.x);
  }
  let evidence = level.alpha * level.alpha * v + level.sigma * level.sigma;
  // Without variance and without noise there is nothing to divide, nor to say.
  let gain = select(0.0, level.alpha / evidence, evidence > 0.0);
  // The transform back is a sum, which is to be a mean.
  let k = gain / f32(size) * along;
  for (var c = 0u; c < CHANNELS; c++) {
    let a = s[f + c * size];
    y[first + c * size] = vec2f(a.x * k.x - a.y * k.y, a.x * k.y + a.y * k.x);
  }
}
