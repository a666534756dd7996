// needs ../grid.wgsl

// One stage of the discrete Fourier transform along one axis of every plane (Stockham's order, which sorts as it goes;
// Govindaraju et al. 2008, fig. 1): each invocation takes RADIX values, R apart, turns and transforms them in registers. Its
// float64 twin is src/diffusion/fft.ts.

override RADIX: u32;

struct Stage {
  butterflies: u32,  // of all planes
  stride: u32,       // from one value to the next along this axis
  length: u32,       // values along this axis
  done: u32,         // product of the radices of the stages before
  sign: f32,         // of the exponent: -1 there, 1 back
}

@group(0) @binding(0) var<uniform> stage: Stage;
@group(0) @binding(1) var<storage, read> roots: array<vec2f>;    // exp(sign 2 pi i k / length)
@group(0) @binding(2) var<storage, read> before: array<vec2f>;
@group(0) @binding(3) var<storage, read_write> after: array<vec2f>;

fn times(a: vec2f, b: vec2f) -> vec2f {
  return vec2f(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x);
}

// The transform of four values, the columns.
fn four(v: mat4x2f) -> mat4x2f {
  let even = v[0] + v[2];
  let odd = v[1] + v[3];
  let evenLess = v[0] - v[2];
  let oddLess = v[1] - v[3];
  let turned = stage.sign * vec2f(-oddLess.y, oddLess.x);
  return mat4x2f(even + odd, evenLess + turned, even - odd, evenLess - turned);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  if (i >= stage.butterflies) {
    return;
  }
  let apart = stage.length / RADIX;
  let j = i / stage.stride % apart;
  let line = i / (stage.stride * apart) * stage.stride * stage.length + i % stage.stride;
  let k = j % stage.done;
  // exp(sign 2 pi i k r / (done RADIX)) for the value r.
  let turn = k * (apart / stage.done);
  let first = line + j * stage.stride;
  let step = apart * stage.stride;
  let out = line + ((j - k) * RADIX + k) * stage.stride;
  let outStep = stage.done * stage.stride;
  if (RADIX == 2u) {
    let a = before[first];
    let b = times(roots[turn], before[first + step]);
    after[out] = a + b;
    after[out + outStep] = a - b;
  } else {
    let v = four(mat4x2f(
      before[first],
      times(roots[turn], before[first + step]),
      times(roots[2u * turn], before[first + 2u * step]),
      times(roots[3u * turn], before[first + 3u * step]),
    ));
    after[out] = v[0];
    after[out + outStep] = v[1];
    after[out + 2u * outStep] = v[2];
    after[out + 3u * outStep] = v[3];
  }
}
