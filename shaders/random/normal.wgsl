// needs threefry.wgsl

// Standard normals as JAX draws them: 32 bits -> u in (-1, 1) -> sqrt(2) erfinv(u).
//
// The bits and u are exact. erfinv ends in a logarithm, whose last bits are the GPU's own: adapters agree with JAX to
// about 1e-6, or 2.2e-5 beyond |z| = 4 where a compiler fuses 1 - x*x into one rounding (JAX rounds twice).

const SQRT2 = 1.41421354f;
const U_MIN = -0.99999994f;

// jax.random.bits at row-major index i: counter (0, i), the two words folded into one.
fn randomBits(key: vec2u, i: u32) -> u32 {
  let y = threefry2x32(key, vec2u(0u, i));
  return y.x ^ y.y;
}

// 23 bits make a float in [1, 2); shifting it to (-1, 1) is exact but at the very bottom.
fn uniformFromBits(bits: u32) -> f32 {
  let f = bitcast<f32>((bits >> 9u) | 0x3f800000u) - 1.0;
  return max(U_MIN, f * 2.0 + U_MIN);
}

// Giles 2010, "Approximating the erfinv function", single precision: one polynomial for the centre, one for the tails.
fn erfInvCentre(w: f32) -> f32 {
  var p = 2.81022636e-08;
  p = 3.43273939e-07 + p * w;
  p = -3.5233877e-06 + p * w;
  p = -4.39150654e-06 + p * w;
  p = 0.00021858087 + p * w;
  p = -0.00125372503 + p * w;
  p = -0.00417768164 + p * w;
  p = 0.246640727 + p * w;
  return 1.50140941 + p * w;
}

fn erfInvTail(w: f32) -> f32 {
  var p = -0.000200214257;
  p = 0.000100950558 + p * w;
  p = 0.00134934322 + p * w;
  p = -0.00367342844 + p * w;
  p = 0.00573950773 + p * w;
  p = -0.0076224613 + p * w;
  p = 0.00943887047 + p * w;
  p = 1.00167406 + p * w;
  return 2.83297682 + p * w;
}

fn erfInv(x: f32) -> f32 {
  let w = -log(1.0 - x * x);
  if (w < 5.0) {
    return erfInvCentre(w - 2.5) * x;
  }
  return erfInvTail(sqrt(w) - 3.0) * x;
}

// jax.random.normal(key, shape) at row-major index i.
fn normalAt(key: vec2u, i: u32) -> f32 {
  return SQRT2 * erfInv(uniformFromBits(randomBits(key, i)));
}

// The four normals of elements first ... first + 3.
fn normal4At(key: vec2u, first: u32) -> vec4f {
  return vec4f(
    normalAt(key, first),
    normalAt(key, first + 1u),
    normalAt(key, first + 2u),
    normalAt(key, first + 3u),
  );
}
